namespace Aixv.Sigstore.Tests.Tuf;

/// <summary>A delegated role of a <see cref="TestRepository"/>.</summary>
internal sealed class TestDelegation(string name, string parent, TestRole role)
{
    internal string Name { get; } = name;

    internal string Parent { get; } = parent;

    internal TestRole Role { get; } = role;

    internal string[]? Paths { get; init; }

    internal string[]? HashPrefixes { get; init; }

    internal bool Terminating { get; init; }

    internal Dictionary<string, byte[]> Targets { get; } = [];
}

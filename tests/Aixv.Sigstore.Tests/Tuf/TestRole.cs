using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Tuf;

/// <summary>One role of a <see cref="TestRepository"/>: all of it may be bent by a test.</summary>
internal sealed class TestRole(params SigningKey[] keys)
{
    internal List<SigningKey> Keys { get; set; } = [.. keys];

    /// <summary>Who really signs, where that differs from <see cref="Keys"/>.</summary>
    internal List<SigningKey>? Signers { get; set; }

    internal int Threshold { get; set; } = 1;

    internal long Version { get; set; } = 1;

    internal DateTimeOffset Expires { get; set; } = TestTime.Start.AddDays(30);

    internal string SpecVersion { get; set; } = "1.0.31";
}

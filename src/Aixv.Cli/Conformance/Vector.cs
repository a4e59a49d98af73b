using System.Collections.Immutable;

namespace Aixv.Cli.Conformance;

/// <summary>One thing that an implementation must do (docs/conformance.md).</summary>
/// <param name="Id">Stable.</param>
/// <param name="Group">The vectors that it belongs to.</param>
/// <param name="About">In words.</param>
internal abstract record Vector(string Id, string Group, string About)
{
    /// <summary>Runs it in a folder of its own, which is empty.</summary>
    /// <returns>What was found to be otherwise than it must be; empty when it passes.</returns>
    public abstract Task<ImmutableArray<string>> RunAsync(IConformanceTarget target, string folder, CancellationToken cancellationToken);
}

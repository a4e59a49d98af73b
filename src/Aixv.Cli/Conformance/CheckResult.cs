using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Conformance;

/// <summary>What came of a vector.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Differences">Empty when it passed.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record CheckResult(Vector Vector, ImmutableArray<string> Differences, TimeSpan Duration)
{
    public bool Passed => Differences.IsEmpty;

    public string? Error => Passed ? null : string.Join("; ", Differences);

    public JsonObject ToJson() => new()
    {
        ["check_id"] = Vector.Id,
        ["status"] = Passed ? "pass" : "fail",
        ["evidence"] = new JsonObject { ["group"] = Vector.Group, ["about"] = Vector.About },
        ["error"] = Error,
    };
}

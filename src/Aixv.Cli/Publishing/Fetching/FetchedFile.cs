using System.Text.Json.Nodes;
using Aixv.Cli.Commands;
using Aixv.Cli.Output;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>What became of one file.</summary>
/// <param name="Path">From the model's folder.</param>
internal sealed record FetchedFile(string Path, Digest Digest)
{
    public required FetchedState State { get; init; }

    /// <summary>The bundles that hold, by where they are now.</summary>
    public IReadOnlyList<string> Bundles { get; init; } = [];

    /// <summary>All verifications of it, those that refused too.</summary>
    public IReadOnlyList<VerifyOutcome> Verifications { get; init; } = [];

    public bool IsAccepted => State != FetchedState.Refused;

    /// <summary>Why it was refused.</summary>
    public string Reason => Verifications.Count == 0
        ? $"no bundle about {Path} ({Digest}) was found beside it, as a referrer or in a registry"
        : $"{Path}: {string.Join("; ", Verifications.Select(v => v.Refusal).OfType<string>().Distinct())}";

    public JsonObject ToJson() => new()
    {
        ["path"] = Path,
        ["digest"] = Digest.ToString(),
        ["state"] = Kebab.Of(State),
        ["bundles"] = new JsonArray([.. Bundles.Select(b => (JsonNode)b)]),
        ["verifications"] = new JsonArray([.. Verifications.Select(v => v.ToJson())]),
    };
}

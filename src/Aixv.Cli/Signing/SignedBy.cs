using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;

namespace Aixv.Cli.Signing;

/// <summary>Who signed a bundle that was just made, and which logs know of it.</summary>
internal sealed record SignedBy(string? Subject, string? Issuer, string? KeyHint, IReadOnlyList<long> LogIndexes)
{
    public static SignedBy Read(Bundle bundle)
    {
        var certificate = bundle.Certificates.IsEmpty ? null : Certificate.Parse(bundle.Certificates[0]);
        return new SignedBy(
            certificate?.SubjectAlternativeNames[0].Value,
            certificate?.Claims.Issuer,
            bundle.KeyHint,
            [.. bundle.LogEntries.Select(entry => entry.LogIndex)]);
    }

    public JsonObject ToJson() => new() { ["subject"] = Subject, ["issuer"] = Issuer };

    public JsonArray LogIndexesToJson() => new([.. LogIndexes.Select(index => (JsonNode)index)]);

    public void Describe(Report report)
    {
        report.Row("signer", Subject ?? $"key {KeyHint}");
        report.Row("issuer", Issuer);
        report.Row("log", LogIndexes.Count == 0
            ? "none: nobody but the holder of the key knows of this signature"
            : string.Join(", ", LogIndexes.Select(index => string.Create(CultureInfo.InvariantCulture, $"index {index}"))));
    }
}

using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Attestations;

/// <summary>DSSE 1.0: the signed statement in its envelope, with the exact bytes that the signature covers.</summary>
internal sealed class DsseExporter() : JsonExporter(
    new("dsse", "DSSE", "1.0", "application/vnd.dsse.envelope.v1+json", ".dsse.json", ExportCategory.Attestation) { Needs = ExportNeeds.SignedStatement, IsSignedEvidence = true })
{
    protected override JsonNode Build(Dossier dossier)
    {
        var envelope = dossier.Bundles.First(b => b.Envelope is not null).Envelope!;
        return new JsonObject
        {
            ["payload"] = Convert.ToBase64String(envelope.Payload.Span),
            ["payloadType"] = envelope.PayloadType,
            ["signatures"] = new JsonArray([.. envelope.Signatures.Select(signature =>
            {
                var json = new JsonObject();
                Descriptors.Add(json, "keyid", signature.KeyId);
                json["sig"] = Convert.ToBase64String(signature.Signature.Span);
                return json;
            })]),
        };
    }

    public override bool Recognizes(DocumentProbe document) => BundleRules.IsEnvelope(document);

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var envelope = document.JsonObject!;
        foreach (var fault in envelope.MustHaveText("$", "payloadType"))
        {
            yield return fault;
        }

        if (envelope.Text("payload") is not { } text || TryDecode(text) is not { } payload)
        {
            yield return "$.payload: base64 is expected";
        }
        else
        {
            foreach (var fault in BundleRules.PayloadFaults(envelope.Text("payloadType") ?? "", payload, "$.payload"))
            {
                yield return fault;
            }
        }

        foreach (var fault in envelope.MustHaveList("$", "signatures", Signature, minimum: 1))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Signature(JsonNode? item, string path) =>
        item.Text("sig") is { Length: > 0 } signature && TryDecode(signature) is { Length: > 0 } ? [] : [$"{path}.sig: base64 is expected"];

    /// <summary>Standard or URL-safe, as DSSE asks of readers; null where it is neither.</summary>
    internal static byte[]? TryDecode(string text)
    {
        var standard = text.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[standard.Length];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out var length) ? bytes[..length] : null;
    }
}

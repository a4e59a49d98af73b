using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Track.Attesting;

/// <summary>An agent's signature over its attestation, verified when it came.</summary>
/// <param name="Form"><c>dsse</c> by the agent's own key, or <c>sigstore-bundle</c>.</param>
/// <param name="Digest">Of the envelope's or bundle's bytes, which are kept beside the entry.</param>
/// <param name="Signer">The key's fingerprint, or the certificate's subject.</param>
/// <param name="Issuer">Who vouched for the subject; null for a key.</param>
/// <param name="PredicateType">What the signed statement claims; null where the artifact itself was signed.</param>
internal sealed record VerifiedSignature(string Form, Digest Digest, string Signer, string? Issuer, string? PredicateType)
{
    public static VerifiedSignature Read(JsonElement json) => new(
        json.GetProperty("form").GetString()!,
        Digest.Parse(json.GetProperty("digest").GetString()!),
        json.GetProperty("signer").GetString()!,
        json.TryGetProperty("issuer", out var issuer) ? issuer.GetString() : null,
        json.TryGetProperty("predicate_type", out var type) ? type.GetString() : null);

    public JsonObject ToContent()
    {
        var json = new JsonObject { ["form"] = Form, ["digest"] = Digest.ToString(), ["signer"] = Signer };
        if (Issuer is not null)
        {
            json["issuer"] = Issuer;
        }

        if (PredicateType is not null)
        {
            json["predicate_type"] = PredicateType;
        }

        return json;
    }

    public JsonObject ToJson() => ToContent();
}

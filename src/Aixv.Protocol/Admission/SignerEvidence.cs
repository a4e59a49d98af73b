using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Admission;

/// <summary>Who made a verified signature.</summary>
/// <param name="Subject">The certificate's subject, or <c>key:sha256:…</c> of a managed key.</param>
/// <param name="Issuer">Who vouched for the subject; null for a key.</param>
/// <param name="Claims">What the certificate says of the build, by the names of <c>CertificateClaims.NameOf</c>.</param>
public sealed record SignerEvidence(string Subject, string? Issuer, ImmutableSortedDictionary<string, string> Claims)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("subject", new TextShape(), Required: true),
        new Field("issuer", new TextShape()),
        new Field("claims", new MapShape(new TextShape())));

    public SignerEvidence(string subject, string? issuer)
        : this(subject, issuer, ImmutableSortedDictionary<string, string>.Empty)
    {
    }

    public static SignerEvidence Of(Signer signer) => signer switch
    {
        CertificateSigner by => new SignerEvidence(ManagedKeys.NameOf(by), by.Issuer, ClaimsOf(by.Certificate.Claims)),
        _ => new SignerEvidence(ManagedKeys.NameOf(signer), null),
    };

    private static ImmutableSortedDictionary<string, string> ClaimsOf(CertificateClaims claims) => claims.All
        .Where(claim => CertificateClaims.NameOf(claim.Key) is not null && claim.Value.Length > 0)
        .ToImmutableSortedDictionary(claim => CertificateClaims.NameOf(claim.Key)!, claim => claim.Value, StringComparer.Ordinal);

    internal static SignerEvidence? Read(JsonObject parent, string name) => parent[name] is not JsonObject json ? null : new SignerEvidence(
        json.RequiredText("subject"),
        json.Text("issuer"),
        json["claims"] is JsonObject claims
            ? claims.ToImmutableSortedDictionary(claim => claim.Key, claim => claim.Value!.GetValue<string>(), StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["subject"] = Subject };
        json.AddIfAny("issuer", Issuer);
        if (!Claims.IsEmpty)
        {
            json["claims"] = new JsonObject(Claims.Select(claim => KeyValuePair.Create<string, JsonNode?>(claim.Key, claim.Value)));
        }

        return json;
    }

    public override string ToString() => Issuer is null ? Subject : $"{Subject} by {Issuer}";
}

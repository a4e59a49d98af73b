using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>An in-toto statement about the artifact.</summary>
/// <param name="PredicateType">The claim's URI.</param>
/// <param name="Bytes">The statement: exactly what was signed, or where nothing was, as the store has it.</param>
/// <param name="Statement">The same, parsed. Do not change it.</param>
/// <param name="Bundle">The verified signature; null where there is none that holds.</param>
/// <param name="IsTrusted">Whether the signer is among those whose attestations the caller trusts; false where nobody was named.</param>
/// <param name="CreatedAt">When the store got it; null where that is not known.</param>
/// <param name="Location">Where it was found, for people.</param>
public sealed record AttestationFacts(
    string PredicateType, ReadOnlyMemory<byte> Bytes, JsonObject Statement, BundleFacts? Bundle, bool IsTrusted, DateTimeOffset? CreatedAt, string? Location)
{
    private const int MaximumStatement = 32 * 1024 * 1024;
    private Digest? digest;

    /// <summary>Of <see cref="Bytes"/>.</summary>
    public Digest Digest => digest ??= Digest.Of(Bytes.Span);

    /// <summary>The claim, or null where the statement has none. Do not change it.</summary>
    public JsonObject? Predicate => Statement["predicate"] as JsonObject;

    public EvidenceTier Tier => Bundle is null ? EvidenceTier.Identified : EvidenceTier.Attested;

    /// <summary>The earliest verified time of the signature, else when the store got it.</summary>
    public DateTimeOffset? Time => Bundle?.Signature.IntegratedTime ?? CreatedAt;

    /// <summary>A statement that a bundle signs, as its verification found it.</summary>
    public static AttestationFacts OfSigned(BundleFacts bundle, bool isTrusted, DateTimeOffset? createdAt = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var payload = bundle.Envelope?.Payload ?? throw new ArgumentException("The bundle signs no statement.", nameof(bundle));
        var statement = SortedJson.ParseObject(payload, "statement", MaximumStatement);
        return new AttestationFacts(TypeOf(statement), payload, statement, bundle, isTrusted, createdAt, bundle.Location);
    }

    /// <summary>A statement that nobody signed, verifiably.</summary>
    public static AttestationFacts OfUnsigned(JsonObject statement, DateTimeOffset? createdAt, string? location)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new AttestationFacts(TypeOf(statement), SortedJson.Serialize(statement), statement, null, false, createdAt, location);
    }

    private static string TypeOf(JsonObject statement) => statement["predicateType"] is JsonValue value && value.TryGetValue<string>(out var type) ? type : "";
}

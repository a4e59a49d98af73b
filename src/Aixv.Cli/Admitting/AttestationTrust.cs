using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Admitting;

/// <summary>How many of an artifact's attestations are signed, and by whom one trusts (aixv-protocol §5).</summary>
/// <param name="Violations">What is not as it must be, each a sentence.</param>
internal sealed record AttestationTrust(int Total, int Signed, int SignedAndTrusted, ImmutableArray<string> Violations)
{
    /// <param name="isRequired">Whether every one must be signed and trusted.</param>
    public static AttestationTrust Of(IReadOnlyList<AttestationEvidence> attestations, Func<SignerEvidence?, bool> isTrusted, bool isRequired) => new(
        attestations.Count,
        attestations.Count(a => a.Tier == EvidenceTier.Attested),
        attestations.Count(a => isTrusted(a.Signer)),
        isRequired ? [.. attestations.Where(a => !isTrusted(a.Signer)).Select(Describe)] : []);

    private static string Describe(AttestationEvidence attestation) => attestation.Signer is { } signer
        ? $"{attestation.Source}: signed by {signer}, who is not trusted for attestations"
        : $"{attestation.Source}: not signed, or its signature does not hold";

    public JsonObject ToJson() => new()
    {
        ["total"] = Total,
        ["signed"] = Signed,
        ["signed_and_trusted"] = SignedAndTrusted,
        ["unsigned_or_untrusted"] = Total - SignedAndTrusted,
    };
}

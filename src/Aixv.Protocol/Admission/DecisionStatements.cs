using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>A decision as statements for others, to be signed by who decided.</summary>
public static class DecisionStatements
{
    /// <summary>The predicate type of SLSA verification summaries.</summary>
    public const string SummaryType = "https://slsa.dev/verification_summary/v1";

    /// <summary>A deployment attestation (protocol §2).</summary>
    public static Statement Deployment(AdmissionDecision decision, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(evidence);
        var predicate = PredicateTypes.Read("deployment", new JsonObject
        {
            ["admitted_artifact_digest"] = evidence.Artifact.ToString(),
            ["policy_id"] = PolicyName(decision),
            ["policy_decision"] = Words.Of(decision.Decision),
            ["evidence"] = new JsonArray(new JsonObject
            {
                ["policy_digest"] = decision.PolicyDigest.ToString(),
                ["evidence_digest"] = Digest.Of(evidence.ToBytes()).ToString(),
                ["decision_digest"] = Digest.Of(decision.ToBytes()).ToString(),
                ["decided_at"] = decision.DecidedAt.ToText(),
                ["violations"] = decision.Violations.Select(v => v.Code.ToCode()).ToJson(),
                ["waivers"] = decision.Waived.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToJson(),
            }),
        });
        return new Statement([Subject(evidence)], predicate);
    }

    /// <summary>A SLSA verification summary, version 1.</summary>
    /// <param name="verifier">Who decides, as a URI.</param>
    /// <param name="resource">What the artifact is, as a URI; null takes its digest.</param>
    public static Statement Summary(AdmissionDecision decision, Evidence evidence, Uri verifier, Uri? resource = null)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(verifier);
        ImmutableArray<string> levels = decision.Decision switch
        {
            Decision.Allow => ["AIXV_ADMITTED"],
            Decision.AllowWithWaiver => ["AIXV_ADMITTED_WITH_WAIVER"],
            Decision.Deny => ["FAILED"],
        };
        var predicate = PredicateTypes.Read(SummaryType, new JsonObject
        {
            ["verifier"] = new JsonObject { ["id"] = verifier.OriginalString },
            ["timeVerified"] = Sigstore.Json.Rfc3339.Format(decision.DecidedAt),
            ["resourceUri"] = resource?.OriginalString ?? $"urn:aixv:artifact:{evidence.Artifact}",
            ["policy"] = new JsonObject
            {
                ["uri"] = $"urn:aixv:policy:{Uri.EscapeDataString(PolicyName(decision))}",
                ["digest"] = new JsonObject { ["sha256"] = decision.PolicyDigest.Hex },
            },
            ["verificationResult"] = decision.IsAdmitted ? "PASSED" : "FAILED",
            ["verifiedLevels"] = levels.ToJson(),
            ["slsaVersion"] = "1.0",
        });
        return new Statement([Subject(evidence)], predicate);
    }

    private static string PolicyName(AdmissionDecision decision) => decision.PolicyId ?? decision.PolicyDigest.ToString();

    private static StatementSubject Subject(Evidence evidence) => new(evidence.ArtifactName ?? evidence.Artifact.ToString(), evidence.Artifact);
}

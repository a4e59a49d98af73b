using System.Collections.Frozen;

namespace Aixv.Export.Boms;

/// <summary>The enumerations of CycloneDX 1.6 and 1.7, with their protobuf numbers.</summary>
internal static class CycloneDxWords
{
    public static FrozenDictionary<string, int> Classifications { get; } = From(
        1,
        "application framework library operating-system device file container firmware device-driver platform machine-learning-model data cryptographic-asset");

    public static FrozenDictionary<string, int> Hashes { get; } = From(
        1,
        "MD5 SHA-1 SHA-256 SHA-384 SHA-512 SHA3-256 SHA3-384 SHA3-512 BLAKE2b-256 BLAKE2b-384 BLAKE2b-512 BLAKE3 Streebog-256 Streebog-512");

    public static FrozenDictionary<string, int> ExternalReferences { get; } = From(
        0,
        """
        other vcs issue-tracker website advisories bom mailing-list social chat documentation support distribution license build-meta build-system
        security-contact attestation threat-model adversary-model risk-assessment distribution-intake vulnerability-assertion exploitability-statement
        pentest-report static-analysis-report dynamic-analysis-report runtime-analysis-report component-analysis-report maturity-report certification-report
        quality-metrics codified-infrastructure model-card poam log configuration evidence formulation source-distribution electronic-signature
        digital-signature rfc-9116 release-notes patent patent-family patent-assertion citation
        """);

    public static FrozenDictionary<string, int> Scopes { get; } = From(1, "required optional excluded");

    public static FrozenDictionary<string, int> Acknowledgements { get; } = From(1, "declared concluded");

    public static FrozenDictionary<string, int> Data { get; } = From(0, "source-code configuration dataset definition other");

    public static FrozenDictionary<string, int> Approaches { get; } = From(0, "supervised unsupervised reinforcement-learning semi-supervised self-supervised");

    public static FrozenDictionary<string, int> Tasks { get; } = From(0, "copy clone lint scan merge build test deliver deploy release clean other");

    public static FrozenDictionary<string, int> Outputs { get; } = From(0, "artifact attestation log evidence metrics other");

    public static FrozenDictionary<string, int> Severities { get; } = From(0, "unknown critical high medium low info none");

    public static FrozenDictionary<string, int> Methods { get; } = From(1, "CVSSv2 CVSSv3 CVSSv31 OWASP other CVSSv4 SSVC");

    public static FrozenDictionary<string, int> States { get; } = From(1, "resolved resolved_with_pedigree exploitable in_triage false_positive not_affected");

    public static FrozenDictionary<string, int> Justifications { get; } = From(
        1,
        """
        code_not_present code_not_reachable requires_configuration requires_dependency requires_environment protected_by_compiler protected_at_runtime
        protected_at_perimeter protected_by_mitigating_control
        """);

    public static FrozenDictionary<string, int> Responses { get; } = From(1, "can_not_fix will_not_fix update rollback workaround_available");

    public static FrozenDictionary<string, int> Aggregates { get; } = From(
        0,
        """
        not_specified complete incomplete incomplete_first_party_only incomplete_third_party_only unknown incomplete_first_party_proprietary_only
        incomplete_first_party_opensource_only incomplete_third_party_proprietary_only incomplete_third_party_opensource_only
        """);

    /// <summary>Words in the order of their numbers, the first of which is <paramref name="first"/>.</summary>
    private static FrozenDictionary<string, int> From(int first, string words) => words
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select((word, i) => KeyValuePair.Create(word, first + i))
        .ToFrozenDictionary(StringComparer.Ordinal);
}

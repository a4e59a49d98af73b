namespace Aixv.Protocol.Predicates;

/// <summary>Which claims vouch for an artifact. An advisory or a decision about it, however well signed, says nothing good of where it comes from.</summary>
public static class Vouching
{
    private static readonly string[] Judgements = [PredicateTypes.Find("advisory")!.Uri, PredicateTypes.Find("deployment")!.Uri];

    /// <summary>What somebody decided or found, of any version: SLSA's and in-toto's summaries, test results, vulnerabilities, reports and references.</summary>
    private static readonly string[] Findings =
    [
        "https://slsa.dev/verification_summary/", "https://in-toto.io/attestation/svr/", "https://in-toto.io/attestation/test-result/",
        "https://in-toto.io/attestation/vulns/", "https://in-toto.io/attestation/scai/", "https://in-toto.io/attestation/reference/",
    ];

    /// <summary>Whether a claim of this type, by a trusted signer, makes its subject attested.</summary>
    public static bool Vouches(string predicateType)
    {
        ArgumentNullException.ThrowIfNull(predicateType);
        return !Judgements.Contains(predicateType) && !Findings.Any(type => predicateType.StartsWith(type, StringComparison.Ordinal));
    }
}

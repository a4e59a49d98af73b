namespace Aixv.Protocol.Predicates;

/// <summary>Which claims vouch for an artifact. An advisory or a decision about it, however well signed, says nothing good of where it comes from.</summary>
public static class Vouching
{
    private static readonly string[] Judgements = [PredicateTypes.Find("advisory")!.Uri, PredicateTypes.Find("deployment")!.Uri];

    /// <summary>SLSA verification summaries: what somebody decided, of any version.</summary>
    private const string Summary = "https://slsa.dev/verification_summary/";

    /// <summary>Whether a claim of this type, by a trusted signer, makes its subject attested.</summary>
    public static bool Vouches(string predicateType)
    {
        ArgumentNullException.ThrowIfNull(predicateType);
        return !Judgements.Contains(predicateType) && !predicateType.StartsWith(Summary, StringComparison.Ordinal);
    }
}

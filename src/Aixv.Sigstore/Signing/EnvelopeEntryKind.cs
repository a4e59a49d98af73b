namespace Aixv.Sigstore.Signing;

/// <summary>As what a Rekor v2 log holds the signature of an envelope.</summary>
public enum EnvelopeEntryKind
{
    /// <summary>hashedrekord 0.0.2 over the digest of the pre-authentication encoding: what Sigstore's specification asks for.</summary>
    HashedRekord,

    /// <summary>
    /// dsse 0.0.2, the kind from before. The public log refuses it and the newest clients no longer know it; clients from before June 2026,
    /// such as npm's <c>sigstore</c> 4, know no other. For a log of one's own that takes it.
    /// </summary>
    Dsse,
}

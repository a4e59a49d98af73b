namespace Aixv.Sigstore.Cose;

/// <summary>Labels of the IANA registry "COSE Header Parameters" that are used here.</summary>
public static class CoseLabels
{
    /// <summary>alg (RFC 9052 §3.1).</summary>
    public const long Algorithm = 1;

    /// <summary>crit: labels that a verifier must understand.</summary>
    public const long Critical = 2;

    /// <summary>content type of the payload: a media type or a CoAP content format.</summary>
    public const long ContentType = 3;

    /// <summary>kid: bytes that name the key.</summary>
    public const long KeyId = 4;

    /// <summary>CWT Claims (RFC 9597).</summary>
    public const long CwtClaims = 15;

    /// <summary>x5chain: certificates, the signer's first (RFC 9360).</summary>
    public const long X5Chain = 33;

    /// <summary>x5t: the hash of the signer's certificate (RFC 9360).</summary>
    public const long X5T = 34;

    /// <summary>The hash algorithm of a hash envelope's payload.</summary>
    public const long PayloadHashAlgorithm = 258;

    /// <summary>The content type of what a hash envelope's payload is the hash of.</summary>
    public const long PreimageContentType = 259;

    /// <summary>Where to get what a hash envelope's payload is the hash of.</summary>
    public const long PayloadLocation = 260;

    /// <summary>3161-ttc: an RFC 3161 timestamp token over the payload, in the protected header (RFC 9921).</summary>
    public const long TimestampThenCose = 269;

    /// <summary>3161-ctt: an RFC 3161 timestamp token over the encoded signature, in the unprotected header (RFC 9921).</summary>
    public const long CoseThenTimestamp = 270;

    /// <summary>receipts of a transparency service.</summary>
    public const long Receipts = 394;

    /// <summary>vds: the verifiable data structure that a receipt is of.</summary>
    public const long VerifiableDataStructure = 395;

    /// <summary>vdp: proofs on a verifiable data structure.</summary>
    public const long VerifiableDataProofs = 396;
}

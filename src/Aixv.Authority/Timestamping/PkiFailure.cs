namespace Aixv.Authority.Timestamping;

/// <summary>PKIFailureInfo (RFC 3161 §2.4.2): the bit numbers.</summary>
internal enum PkiFailure
{
    BadAlgorithm = 0,
    BadRequest = 2,
    BadDataFormat = 5,
    UnacceptedPolicy = 15,
    UnacceptedExtension = 16,
}

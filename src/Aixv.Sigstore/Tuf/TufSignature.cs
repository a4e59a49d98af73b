namespace Aixv.Sigstore.Tuf;

/// <summary>One signature of a metadata file; empty where a signer has left its place free.</summary>
internal sealed record TufSignature(string KeyId, byte[] Value);

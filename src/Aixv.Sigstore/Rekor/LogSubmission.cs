using Aixv.Sigstore.Dsse;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Rekor;

/// <summary>What a signer gives to a transparency log.</summary>
/// <param name="Digest">The digest that was signed, by the scheme's hash; empty for pure Ed25519, which signs none.</param>
/// <param name="Signature">The signature over it.</param>
/// <param name="Scheme">How it was signed.</param>
/// <param name="Key">The key that checks it.</param>
/// <param name="Certificate">The key's DER certificate, or null for a managed key.</param>
/// <param name="Envelope">The signed envelope, or null for an artifact.</param>
internal sealed record LogSubmission(
    ReadOnlyMemory<byte> Digest,
    ReadOnlyMemory<byte> Signature,
    SignatureScheme Scheme,
    PublicKey Key,
    ReadOnlyMemory<byte>? Certificate,
    DsseEnvelope? Envelope);

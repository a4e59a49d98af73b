using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Aixv.Sigstore.Verification;

/// <summary>What a bundle's verification needs of the artifact beyond its SHA-256 digest.</summary>
/// <param name="Hashes">Further digests: SHA-384, SHA-512.</param>
/// <param name="Content">Whether the artifact's bytes may be needed (pure Ed25519 signatures).</param>
public sealed record DigestRequirement(ImmutableArray<HashAlgorithmName> Hashes, bool Content);

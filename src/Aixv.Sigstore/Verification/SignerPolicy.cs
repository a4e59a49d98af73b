using System.Collections.Immutable;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Verification;

/// <summary>Whose signature is asked for.</summary>
public abstract record SignerPolicy
{
    private protected SignerPolicy()
    {
    }

    /// <summary>A certificate for one of <paramref name="identities"/>, by one of <paramref name="issuers"/> (any issuer when empty).</summary>
    /// <exception cref="ArgumentException">No identity: use <see cref="AllowAnyIdentityUnsafe"/> and mean it.</exception>
    public static SignerPolicy Certificate(IReadOnlyList<TextPattern> identities, IReadOnlyList<TextPattern> issuers) => identities.Count > 0
        ? new CertificatePolicy([.. identities], [.. issuers])
        : throw new ArgumentException("At least one identity is required.", nameof(identities));

    /// <summary>A managed key; certificates are refused.</summary>
    public static SignerPolicy Key(PublicKey key) => new KeyPolicy(key);

    /// <summary>Any certificate of a trusted authority: proves that somebody signed, not who was meant to.</summary>
    public static SignerPolicy AllowAnyIdentityUnsafe { get; } = new CertificatePolicy([], []);
}

internal sealed record CertificatePolicy(ImmutableArray<TextPattern> Identities, ImmutableArray<TextPattern> Issuers) : SignerPolicy;

internal sealed record KeyPolicy(PublicKey PublicKey) : SignerPolicy;

using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Verification;

/// <summary>Who signed.</summary>
public abstract record Signer
{
    private protected Signer()
    {
    }
}

/// <summary>A signer that a certificate authority identified.</summary>
/// <param name="Identity">The subject alternative name: an e-mail address, a URI or a user name.</param>
/// <param name="Issuer">The OIDC issuer that vouched for it, or null when the certificate does not say.</param>
/// <param name="Certificate">The verified certificate with all its claims.</param>
public sealed record CertificateSigner(string Identity, string? Issuer, Certificate Certificate) : Signer
{
    public CertificateClaims Claims => Certificate.Claims;
}

/// <summary>A signer known by its key.</summary>
public sealed record KeySigner(PublicKey PublicKey) : Signer;

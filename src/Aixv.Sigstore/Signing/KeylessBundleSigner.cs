using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Fulcio;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Signing;

/// <summary>Signs in the name of an identity: every signature has a fresh P-256 key, certified for the token's subject and then forgotten.</summary>
public sealed class KeylessBundleSigner : BundleSigner
{
    private readonly SigningServices services;
    private readonly IdentityToken token;
    private readonly TimeProvider time;
    private readonly ServiceTransport transport;

    /// <param name="services">With a certificate authority and a log.</param>
    /// <param name="token">Whose signature it is.</param>
    /// <param name="root">The trusted root that the result must verify with.</param>
    public KeylessBundleSigner(SigningServices services, IdentityToken token, TrustedRoot root, ServiceTransport transport, TimeProvider time)
        : base(root, services, transport)
    {
        this.services = services;
        this.token = token;
        this.time = time;
        this.transport = transport;
    }

    /// <summary>The audience that the token must be for.</summary>
    public string Audience { get; init; } = IdentityToken.SigstoreAudience;

    public override SignatureScheme Scheme => SignatureScheme.EcdsaSha256;

    private protected override string? KeyHint => null;

    private protected override void RequireReady()
    {
        if (services.CertificateAuthority is null)
        {
            throw new SigningException("signing config: it names no certificate authority that is valid now, and signing by identity needs one");
        }

        if (services.Logs.IsEmpty)
        {
            throw new SigningException("signing config: it names no transparency log, and a signature by identity cannot be verified without one");
        }

        if (services.TimestampAuthorities.IsEmpty && services.Logs.All(log => log.MajorApiVersion >= 2))
        {
            throw new SigningException(
                "signing config: it names no timestamp authority, and Rekor v2 gives no time: nobody could verify the signature after its certificate expired");
        }

        token.Require(Audience, time.GetUtcNow());
    }

    private protected override async Task<SigningCredential> OpenAsync(CancellationToken cancellationToken)
    {
        var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        try
        {
            var fulcio = new FulcioClient(transport, services.CertificateAuthority!);
            var chain = await fulcio.RequestCertificateAsync(key, token, cancellationToken).ConfigureAwait(false);
            return new SigningCredential(key, RequireOurs(chain[0], key.PublicKey), IsEphemeral: true)
            {
                Intermediates = [.. chain.Skip(1).Where(der => !Parse(der).IsSelfIssued)],
            };
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    // Before the key signs: a certificate for somebody else must not get a log entry.
    private Certificate RequireOurs(ReadOnlyMemory<byte> der, PublicKey key)
    {
        var certificate = Parse(der);
        if (!certificate.Spki.Span.SequenceEqual(key.Spki.Span))
        {
            throw new SigningException("Fulcio: the certificate is for another key than the one sent");
        }

        if (certificate.SubjectAlternativeNames is not [{ Value: var identity }])
        {
            throw new SigningException($"Fulcio: the certificate names {certificate.SubjectAlternativeNames.Length} subjects, expected one");
        }

        return token.Email is not { Length: > 0 } email || identity == email
            ? certificate
            : throw new SigningException($"Fulcio: the certificate is for '{identity}' and the token for '{email}'");
    }

    private static Certificate Parse(ReadOnlyMemory<byte> der)
    {
        try
        {
            return Certificate.Parse(der);
        }
        catch (FormatException e)
        {
            throw new SigningException($"Fulcio: the certificate cannot be used: {e.Message}", e);
        }
    }

    private protected override SignerPolicy PolicyFor(SigningCredential credential)
    {
        var certificate = credential.Certificate!;
        var issuer = certificate.Claims.Issuer
            ?? throw new SigningException("Fulcio: the certificate does not say which issuer vouched for the identity");
        // The issuer may rightly differ from the token's: behind a federating one stands the provider that the person used.
        return SignerPolicy.Certificate([TextPattern.Exact(certificate.SubjectAlternativeNames[0].Value)], [TextPattern.Exact(issuer)]);
    }
}

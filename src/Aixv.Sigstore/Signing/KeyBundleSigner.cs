using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Signing;

/// <summary>Signs with a key that its owner manages. The bundle holds only a hint to it; verifiers must have the public key.</summary>
public sealed class KeyBundleSigner : BundleSigner
{
    private static readonly byte[] NobodyTrusted = """{"mediaType":"application/vnd.dev.sigstore.trustedroot.v0.1+json"}"""u8.ToArray();
    private readonly SigningKey key;

    /// <summary>A signer that asks nobody: no log, no timestamp, no network.</summary>
    /// <param name="key">Stays the caller's to dispose.</param>
    public KeyBundleSigner(SigningKey key) : base(TrustedRoot.Parse(NobodyTrusted), new SigningServices(), null) => this.key = key;

    /// <summary>A signer that also enters its signatures in the logs of <paramref name="services"/> and has them timestamped.</summary>
    /// <param name="key">Stays the caller's to dispose.</param>
    /// <param name="services">Its certificate authority is not used.</param>
    /// <param name="root">The trusted root that the result must verify with.</param>
    public KeyBundleSigner(SigningKey key, SigningServices services, TrustedRoot root, ServiceTransport transport)
        : base(root, services, transport) => this.key = key;

    public override SignatureScheme Scheme => key.PublicKey.DefaultScheme;

    // As other Sigstore clients name keys.
    private protected override string KeyHint => Convert.ToBase64String(key.PublicKey.SpkiSha256());

    private protected override void RequireReady()
    {
    }

    private protected override Task<SigningCredential> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SigningCredential(key, null, IsEphemeral: false));

    private protected override SignerPolicy PolicyFor(SigningCredential credential) => SignerPolicy.Key(key.PublicKey);
}

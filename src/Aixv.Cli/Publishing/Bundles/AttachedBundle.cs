using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Publishing.Bundles;

/// <summary>A bundle that was verified to be about an artifact.</summary>
/// <param name="Path">As the user would write it.</param>
/// <param name="Bytes">The file, as it was found.</param>
internal sealed record AttachedBundle(string Path, byte[] Bytes, Bundle Content, Verified Verified)
{
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The media type that the bundle states.</summary>
    public string MediaType => Content.Version switch
    {
        BundleVersion.V01 => "application/vnd.dev.sigstore.bundle+json;version=0.1",
        BundleVersion.V02 => "application/vnd.dev.sigstore.bundle+json;version=0.2",
        BundleVersion.V03 => "application/vnd.dev.sigstore.bundle.v0.3+json",
    };

    /// <summary>Who signed it, for people.</summary>
    public string Signer => Verified.Signer switch
    {
        CertificateSigner certificate => certificate.Issuer is { } issuer ? $"{certificate.Identity} by {issuer}" : certificate.Identity,
        KeySigner key => $"key sha256:{Convert.ToHexStringLower(key.PublicKey.SpkiSha256())}",
        var other => other.ToString()!,
    };
}

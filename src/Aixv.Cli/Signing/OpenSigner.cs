using Aixv.Sigstore.Signing;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Signing;

/// <summary>A signer with what it holds open.</summary>
internal sealed record OpenSigner(BundleSigner Signer, SigningKey? Key, HttpClient? Http) : IDisposable
{
    public void Dispose()
    {
        Key?.Dispose();
        Http?.Dispose();
    }
}

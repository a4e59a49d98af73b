using System.Security.Cryptography.X509Certificates;
using Aixv.Bench.Bundles;
using Aixv.Sigstore.Bundles;

namespace Aixv.Bench.Yardsticks;

/// <summary>The path of a bundle's certificate as .NET's X509Chain finds it: custom root, no revocation, no downloads, at a given time.</summary>
internal sealed class PlatformChain(BundleSet set)
{
    private readonly byte[][] leaves = [.. set.Items.Select(i => Bundle.Parse(i.Bundle).Certificates[0].ToArray())];

    internal void Verify(int number)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(leaves[number]);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(set.Authority.Root);
        chain.ChainPolicy.ExtraStore.Add(set.Authority.Intermediate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = leaf.NotBefore.AddMinutes(1);

        // Workflow identities are critical URI names, which X509Chain does not process.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreInvalidName;
        if (!chain.Build(leaf))
        {
            throw new InvalidOperationException($"X509Chain refuses the bench's own certificate: {string.Join(", ", chain.ChainStatus.Select(s => s.Status))}");
        }
    }
}

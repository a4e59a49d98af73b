using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Trust;

namespace Aixv.Bench.Rows;

/// <summary>From a leaf's bytes to its verified path at a time, with the authority's own links known.</summary>
internal sealed class ChainRow(SharedBundles bundles) : Row
{
    internal override string Name => "chain";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var set = bundles.Set;
        var authority = TrustedRoot.Parse(set.TrustedRootJson).CertificateAuthorities[0];
        byte[][] leaves = [.. set.Items.Select(i => Bundle.Parse(i.Bundle).Certificates[0].ToArray())];
        var platform = new PlatformChain(set);
        var primitives = new BundlePrimitives(set);
        var count = leaves.Length;
        double Ours() => count / CpuClock.Cpu(() => Verify(leaves, authority));
        var chain = Paired.Measure(options.Repeats, Ours, () => count / CpuClock.Cpu(() => Repeat(count, platform.Verify)));
        var limit = Paired.Measure(options.Repeats, Ours, () => count / CpuClock.Cpu(() => Repeat(count, primitives.VerifyIssuer)));
        return Task.FromResult<IReadOnlyList<Line>>(
        [
            Line.AtLeast("chain check", $"{chain.Ours:0} /s", $"{chain.Yardstick:0} /s, X509Chain with a custom root", chain.Ratio, 2.8),
            Line.AtLeast("the same, against its limit", $"{limit.Ours:0} /s", $"{limit.Yardstick:0} /s, one P-384 verification in libcrypto", limit.Ratio, 0.93),
        ]);
    }

    private static void Verify(byte[][] leaves, TrustedAuthority authority)
    {
        foreach (var der in leaves)
        {
            var leaf = Certificate.Parse(der);
            if (authority.FindPath(leaf) is not { } path || path.FirstInvalidAt(leaf.NotBefore) is not null)
            {
                throw new InvalidOperationException("The bench's own certificate has no path.");
            }
        }
    }

    private static void Repeat(int count, Action<int> verify)
    {
        for (var i = 0; i < count; i++)
        {
            verify(i);
        }
    }
}

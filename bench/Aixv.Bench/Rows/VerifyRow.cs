using Aixv.Bench.Bundles;
using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Sigstore.Verification;

namespace Aixv.Bench.Rows;

/// <summary>Verification of distinct Rekor v2 bundles with a warm trusted root, per processor second of one thread.</summary>
internal sealed class VerifyRow(SharedBundles bundles) : Row
{
    internal override string Name => "verify";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var set = bundles.Set;
        var verifier = set.NewVerifier();
        var primitives = new BundlePrimitives(set);
        WarmUp(verifier, set);
        var ceiling = Paired.Measure(
            2 * options.Repeats,
            () => set.Items.Count / CpuClock.Cpu(() => VerifyAll(verifier, set)),
            () => primitives.Count / CpuClock.Cpu(() => VerifyAll(primitives)));
        var lines = new List<Line>
        {
            Line.AtLeast(
                "verify distinct Rekor v2 bundles, one core", $"{ceiling.Ours:0} /s", $"{ceiling.Yardstick:0} /s, sum of its five signatures in libcrypto", ceiling.Ratio, 0.90),
        };
        lines.Add(MeasurePeer(options, set, verifier));
        return Task.FromResult<IReadOnlyList<Line>>(lines);
    }

    private static Line MeasurePeer(BenchOptions options, BundleSet set, Verifier verifier)
    {
        const string What = "the same, against npm";
        using var peer = NpmVerifier.TryStart(options, set);
        if (peer is null)
        {
            return Line.Missing(What, "node and npm are needed");
        }

        var paired = Paired.Measure(options.Repeats, () => set.Items.Count / CpuClock.Cpu(() => VerifyAll(verifier, set)), () => peer.Rate(50));
        return Line.AtLeast(What, $"{paired.Ours:0} /s", $"{paired.Yardstick:0.0} /s, @sigstore/verify in process", paired.Ratio, 9);
    }

    /// <summary>Until the JIT has compiled what runs often a second time, in the background.</summary>
    private static void WarmUp(Verifier verifier, BundleSet set)
    {
        for (var i = 0; i < 3; i++)
        {
            VerifyAll(verifier, set);
        }
    }

    internal static void VerifyAll(Verifier verifier, BundleSet set)
    {
        foreach (var item in set.Items)
        {
            if (verifier.Verify(item.Bundle, item.Artifact, BundleSet.Policy) is not Verified)
            {
                throw new InvalidOperationException("A bundle that verified before does not any more.");
            }
        }
    }

    private static void VerifyAll(BundlePrimitives primitives)
    {
        for (var i = 0; i < primitives.Count; i++)
        {
            primitives.Verify(i);
        }
    }
}

using Aixv.Bench.Bundles;

namespace Aixv.Bench.Rows;

/// <summary>The bundles that several rows verify; made when first asked for.</summary>
internal sealed class SharedBundles
{
    private const int Count = 500;
    private readonly Lazy<BundleSet> set = new(() => BundleSet.Create(Count, artifactBytes: 64));

    internal BundleSet Set => set.Value;
}

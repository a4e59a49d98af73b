using Aixv.Bench.Bundles;
using Aixv.Bench.Measuring;

namespace Aixv.Bench.Rows;

/// <summary>Whole processes of the published <c>aixv</c>: one verification of a 1 MB artifact, and <c>version</c>.</summary>
internal sealed class CliRow : Row
{
    private const int ArtifactBytes = 1_000_000;

    internal override string Name => "cli";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var set = BundleSet.Create(1, ArtifactBytes);
        var folder = Directory.CreateTempSubdirectory("aixv-bench-").FullName;
        try
        {
            string Write(string name, byte[] content)
            {
                var path = Path.Combine(folder, name);
                File.WriteAllBytes(path, content);
                return path;
            }

            var root = Write("trusted_root.json", set.TrustedRootJson);
            var artifact = Write("model.bin", set.Items[0].Content);
            var bundle = Write("model.bin.sigstore.json", set.Items[0].Bundle);
            return Task.FromResult<IReadOnlyList<Line>>([.. Measure(options, root, artifact, bundle)]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Line> Measure(BenchOptions options, string root, string artifact, string bundle)
    {
        var repeats = 4 * options.Repeats;
        ChildProcess.Usage Verify() => ChildProcess.Run(
            options.Cli, "verify", artifact, "--bundle", bundle, "--trusted-root", root, "--identity", BundleSet.Identity, "--issuer", BundleSet.Issuer);
        ChildProcess.Usage Npm() => ChildProcess.Run(
            "node", Path.Combine(options.Peers, "verify-once.mjs"), artifact, bundle, root, BundleSet.Identity, BundleSet.Issuer);
        ChildProcess.Usage Version() => ChildProcess.Run(options.Cli, "version");
        ChildProcess.Usage Empty() => ChildProcess.Run(options.Empty);

        const string What = "one `aixv verify` of 1 MB, whole process";
        if (Directory.Exists(Path.Combine(options.Peers, "node_modules")))
        {
            var npm = Paired.Measure(options.Repeats, () => Verify().Wall, () => Npm().Wall);
            yield return Line.AtMost(What, Milliseconds(npm.Ours), $"{Milliseconds(npm.Yardstick)}, node + @sigstore/verify", npm.Ratio, 0.35);
        }
        else
        {
            yield return Line.Missing(What, "node and npm are needed");
        }

        var wall = Paired.Measure(repeats, () => Verify().Wall, () => Empty().Wall);
        yield return Line.AtMost("the same", Milliseconds(wall.Ours), $"{Milliseconds(wall.Yardstick)}, an empty .NET program", wall.Ratio, 2.2);
        var cpu = Paired.Measure(repeats, () => Verify().Cpu, () => Empty().Cpu);
        yield return Line.AtMost("the same, processor time", Milliseconds(cpu.Ours), $"{Milliseconds(cpu.Yardstick)}, the empty program", cpu.Ratio, 2.2);
        var version = Paired.Measure(repeats, () => Version().Cpu, () => Empty().Cpu);
        yield return Line.AtMost("`aixv version`, processor time", Milliseconds(version.Ours), $"{Milliseconds(version.Yardstick)}, the empty program", version.Ratio, 1.5);
    }

    private static string Milliseconds(double seconds) => $"{seconds * 1000:0.0} ms";
}

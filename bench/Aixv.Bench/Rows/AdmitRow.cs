using Aixv.Bench.Bundles;
using Aixv.Bench.Measuring;

namespace Aixv.Bench.Rows;

/// <summary><c>aixv admit</c> of a folder of signed artifacts, whole process, against verifying the same bundles in process on all cores.</summary>
internal sealed class AdmitRow : Row
{
    private const int Artifacts = 1000;

    internal override string Name => "admit";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var set = BundleSet.Create(Artifacts, 1024);
        var folder = Directory.CreateTempSubdirectory("aixv-bench-").FullName;
        try
        {
            var models = Directory.CreateDirectory(Path.Combine(folder, "models")).FullName;
            for (var i = 0; i < set.Items.Count; i++)
            {
                File.WriteAllBytes(Path.Combine(models, $"m{i}.bin"), set.Items[i].Content);
                File.WriteAllBytes(Path.Combine(models, $"m{i}.bin.sigstore.json"), set.Items[i].Bundle);
            }

            var root = Path.Combine(folder, "trusted_root.json");
            File.WriteAllBytes(root, set.TrustedRootJson);
            var policy = Path.Combine(folder, "policy.json");
            File.WriteAllText(policy, $$"""
                {"policy_type": "aixv.policy/v1", "allow_subjects": ["{{BundleSet.Identity}}"], "allow_issuers": ["{{BundleSet.Issuer}}"]}
                """);
            var verifier = set.NewVerifier();
            ChildProcess.Usage Ours() => ChildProcess.Run(
                options.Cli, "admit", models, "--policy", policy, "--no-require-signed-policy", "--trusted-root", root, "--store", Path.Combine(folder, "store"), "--json");
            void VerifyAll() => Parallel.ForEach(set.Items, item => verifier.Verify(item.Bundle, item.Artifact, BundleSet.Policy));
            var wall = Paired.Measure(options.Repeats, () => Artifacts / Ours().Wall, () => Artifacts / CpuClock.Wall(VerifyAll));
            var cpu = Paired.Measure(options.Repeats, () => Artifacts / Ours().Cpu, () => Artifacts / CpuClock.Cpu(VerifyAll));
            return Task.FromResult<IReadOnlyList<Line>>(
            [
                Line.AtLeast("`aixv admit` of 1,000 signed artifacts, whole process", $"{wall.Ours:0} /s", $"{wall.Yardstick:0} /s, verified in process on all cores", wall.Ratio, 0.8),
                Line.AtLeast("the same, for each second of processor time", $"{cpu.Ours:0} /s", $"{cpu.Yardstick:0} /s, verified in process", cpu.Ratio, 0.8),
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Bench.Bundles;
using Aixv.Bench.Measuring;

namespace Aixv.Bench.Yardsticks;

/// <summary>A node process that verifies the set's bundles with npm's <c>@sigstore/verify</c>; it keeps its trust material, as we do.</summary>
internal sealed class NpmVerifier : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private NpmVerifier(Process process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    /// <summary>Starts it, or returns null where node or the packages are missing.</summary>
    internal static NpmVerifier? TryStart(BenchOptions options, BundleSet set)
    {
        if (!Directory.Exists(Path.Combine(options.Peers, "node_modules")))
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("aixv-bench-").FullName;
        File.WriteAllBytes(Path.Combine(folder, "trusted_root.json"), set.TrustedRootJson);
        var lines = set.Items.Select(i => new JsonObject
        {
            ["bundle"] = JsonNode.Parse(i.Bundle), ["artifact"] = Convert.ToBase64String(i.Content),
        }.ToJsonString());
        File.WriteAllLines(Path.Combine(folder, "bundles.ndjson"), lines, new UTF8Encoding(false));
        var start = new ProcessStartInfo("node", [Path.Combine(options.Peers, "verify-many.mjs"), folder, BundleSet.Identity, BundleSet.Issuer])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        return new NpmVerifier(Process.Start(start)!, folder);
    }

    /// <summary>Verifies the next <paramref name="count"/> bundles of the set.</summary>
    /// <returns>Verifications per processor second.</returns>
    internal double Rate(int count)
    {
        process.StandardInput.WriteLine(count.ToString(CultureInfo.InvariantCulture));
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The npm verifier ended; its error is above.");
        return count / double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

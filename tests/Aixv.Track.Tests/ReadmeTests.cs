using System.Runtime.CompilerServices;
using Aixv.Track.Hosting;

namespace Aixv.Track.Tests;

public sealed class ReadmeTests
{
    private static string Here([CallerFilePath] string path = "") => path;

    [Fact]
    public async Task The_example_runs()
    {
        var folder = TestTrack.NewFolder();
        var cancellationToken = TestContext.Current.CancellationToken;
        try
        {
            // <example>
            await using var track = await TrackServer.StartAsync(new TrackOptions { DataFolder = folder, Port = 0 }, cancellationToken);
            using var http = new HttpClient { BaseAddress = track.LocalUrl };
            http.DefaultRequestHeaders.Add("X-API-Key", track.FirstKey!.AdminKey);
            var tenant = await http.GetStringAsync("/v1/tenant", cancellationToken);
            // </example>
            Assert.Contains("\"default\"", tenant, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_example_is_the_readme_s()
    {
        Assert.SkipUnless(File.Exists(Here()), "the sources are not at hand");
        var lines = File.ReadLines(Here()).Select(l => l.Trim()).ToArray();
        var example = lines[(Array.IndexOf(lines, "// <example>") + 1)..Array.IndexOf(lines, "// </example>")];
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "src", "Aixv.Track", "README.md"));
        Assert.Contains(string.Join('\n', example), readme, StringComparison.Ordinal);
    }
}

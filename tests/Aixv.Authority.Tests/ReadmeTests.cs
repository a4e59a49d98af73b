using System.Runtime.CompilerServices;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Trust;

namespace Aixv.Authority.Tests;

public sealed class ReadmeTests
{
    private static string Here([CallerFilePath] string path = "") => path;

    [Fact]
    public async Task The_example_runs()
    {
        var folder = TestAuthority.NewFolder();
        var cancellationToken = TestContext.Current.CancellationToken;
        try
        {
            // <example>
            await using var authority = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = folder, Port = 0 }, cancellationToken);

            // What a client needs: the trusted root to verify with, the signing config to sign with, and a token to sign as.
            var trustedRoot = TrustedRoot.Parse(authority.TrustedRoot);
            var signingConfig = authority.SigningConfig;
            var token = authority.IssueToken("machine");
            // </example>
            Assert.NotNull(trustedRoot);
            Assert.NotEmpty(signingConfig);
            Assert.Equal(3, token.Split('.').Length);
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
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "src", "Aixv.Authority", "README.md"));
        Assert.Contains(string.Join('\n', example), readme, StringComparison.Ordinal);
    }
}

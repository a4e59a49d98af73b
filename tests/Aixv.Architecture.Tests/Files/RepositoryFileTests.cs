using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aixv.Architecture.Tests.Files;

public sealed partial class RepositoryFileTests
{
    private const int LargestText = 4_000_000;

    /// <summary>Package registries are chosen by whoever builds, so no file names one.</summary>
    [GeneratedRegex(
        @"(registry|deb|api|files|index)\.(npmjs|debian|nuget|pythonhosted|pypi)\.org|registry\.yarnpkg\.com"
        + @"|^\s*(registry\s*=\s*[""']?https?:|_authToken\s*=)|<packageSource[s]>",
        RegexOptions.Multiline)]
    private static partial Regex Registry { get; }

    /// <summary>A path that exists on one machine only.</summary>
    [GeneratedRegex(@"(?<![\w.~)}\]-])/(root|work|tmp/w|home/[a-z]+|Users/[A-Za-z]+)/")]
    private static partial Regex MachinePath { get; }

    private static IEnumerable<string> Texts => Checkout.Files.Where(f => !f.StartsWith("testdata/", StringComparison.Ordinal)
        && new FileInfo(Path.Combine(Checkout.Folder, f)).Length <= LargestText);

    [Fact]
    public void No_file_names_a_package_registry() => Assert.Equal([], Texts.Where(f => Registry.IsMatch(Checkout.Read(f))));

    [Fact]
    public void No_file_names_a_path_of_one_machine() => Assert.Equal([], Texts.Where(f => MachinePath.IsMatch(Checkout.Read(f))));

    [Theory]
    [InlineData("\"resolved\": \"https://registry.", "npmjs.org/a\"", true)]
    [InlineData("", "registry=https://example.org", true)]
    [InlineData("", "the registry is where models are", false)]
    [InlineData("", "registry = await OpenAsync(\"https://example.org\");", false)]
    public void A_package_registry_is_recognised(string text, string rest, bool found) => Assert.Equal(found, Registry.IsMatch(text + rest));

    [Theory]
    [InlineData("cd /ho", "me/ada/aixv", true)]
    [InlineData("\"/ro", "ot/.config\"", true)]
    [InlineData("\"framework/ro", "ot/model\"", false)]
    public void A_path_of_one_machine_is_recognised(string text, string rest, bool found) => Assert.Equal(found, MachinePath.IsMatch(text + rest));

    [Theory]
    [InlineData("tests/interop")]
    [InlineData("tests/validators")]
    [InlineData("web")]
    public void The_npm_lock_file_pins_contents_and_not_addresses(string folder)
    {
        using var file = JsonDocument.Parse(Checkout.Read($"{folder}/package-lock.json"));
        var packages = file.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0).ToList();
        Assert.InRange(packages.Count, 20, 1000);
        Assert.All(packages, p => Assert.False(p.Value.TryGetProperty("resolved", out _), p.Name));
        Assert.All(packages, p => Assert.StartsWith("sha512-", p.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Scripts_can_be_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no mode on Windows");
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(Checkout.Folder, "test.sh")).HasFlag(UnixFileMode.UserExecute));
    }
}

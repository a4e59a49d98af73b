using System.Runtime.CompilerServices;

namespace Aixv.Cli.Tests;

/// <summary>A real bundle of testdata/vectors/sigstore, as command line arguments.</summary>
internal sealed record Vector(string Name)
{
    public const string Identity =
        "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

    public const string Issuer = "https://token.actions.githubusercontent.com";

    /// <summary>The folder of the whole repository.</summary>
    public static string RepositoryRoot { get; } = Repository();

    private static readonly string Root = Path.Combine(Repository(), "testdata", "vectors", "sigstore");

    public string Bundle => Find("bundle.sigstore.json")!;

    public string Artifact => Find("artifact") ?? Path.Combine(Root, "a.txt");

    public string TrustedRoot => Find("trusted_root.json") ?? Path.Combine(Root, "trusted_root.json");

    public string? Key => Find("key.pub");

    /// <summary>All of the command line but whom to expect.</summary>
    public string[] Arguments => ["verify", Artifact, "--bundle", Bundle, "--trusted-root", TrustedRoot];

    public string[] FullArguments => Key is { } key ? [.. Arguments, "--key", key] : [.. Arguments, "--identity", Identity, "--issuer", Issuer];

    private string? Find(string name) => Path.Combine(Root, Name, name) is var path && File.Exists(path) ? path : null;

    public static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}

namespace Aixv.Cli.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task Version_is_said_in_words(string verb)
    {
        var run = await folder.RunAsync(verb);
        Assert.Equal((0, "aixv 0.1.0\n", ""), (run.ExitCode, run.Out.ReplaceLineEndings("\n"), run.Error));
    }

    /// <summary>As <c>aixv … > file</c> on a full disk.</summary>
    [Theory]
    [InlineData("version")]
    [InlineData("digest", "no-such-file")]
    public async Task An_answer_that_cannot_be_written_is_an_error_of_the_world(params string[] arguments)
    {
        using var folder = new CliFolder();
        var error = new StringWriter();
        var full = new StreamWriter(new FullDisk(), bufferSize: 16) { AutoFlush = true };
        Assert.Equal(ExitCode.WorldFailed, await CommandLine.RunAsync([.. arguments, "--json"], folder.CreateApp(full, error, CancellationToken.None)));
        Assert.StartsWith("error: the answer could not be written to standard output: disk full", error.ToString(), StringComparison.Ordinal);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("disk full");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("disk full");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new IOException("disk full");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("disk full");
    }

    [Fact]
    public async Task Version_is_said_in_json() => Assert.Equal("{\"ok\": true, \"version\": \"0.1.0\"}\n", (await folder.RunAsync("version", "--json")).Out);

    public static TheoryData<string[], string, string> UsageErrors => new()
    {
        { [], "", "a command is expected" },
        { ["frobnicate"], "", "unknown command: frobnicate" },
        { ["version", "--loud"], "version", "'--loud'" },
        { ["digest"], "digest", "'digest'" },
        { ["verify"], "verify", "'verify'" },
        { ["verify", "x", "--key", "k", "--identity", "i"], "verify", "--key excludes --identity and --issuer" },
        { ["verify", "x", "--key", "k", "--issuer-glob", "i"], "verify", "--key excludes --identity and --issuer" },
        { ["verify", "x", "--identity", "i", "--allow-unlogged"], "verify", "--allow-unlogged needs --key" },
        { ["verify", "x", "--staging", "--instance", "mine"], "verify", "exclude each other" },
        { ["verify", "x", "--trusted-root", "a", "--trust-config", "b"], "verify", "exclude each other" },
        { ["verify", "--frob"], "verify", "unknown option: --frob" },
        { ["digest", "a", "--frob"], "digest", "unknown option: --frob" },
        { ["verify", "x", "--time-threshold", "0"], "verify", "--time-threshold takes a number from 1 to 32, not '0'" },
        { ["verify", "x", "--log-threshold", "-1"], "verify", "--log-threshold takes a number from 0 to 32" },
        { ["verify", "x", "--sct-threshold", "many"], "verify", "--sct-threshold takes a number from 0 to 32, not 'many'" },
        { ["sign", "x", "--no-log"], "sign", "--no-log needs --key" },
        { ["attest", "x", "--predicate", "training"], "attest", "--input" },
        { ["attest", "x", "--predicate", "training", "--input", "y", "--sign", "--no-sign"], "attest", "--sign and --no-sign exclude each other" },
        { ["trust"], "trust", "Required command" },
        { ["trust", "add", "x", "http://localhost"], "trust add", "--fingerprint" },
        { ["serve", "--port", "70000"], "serve", "0 to 65535" },
        { ["serve", "--port", "http"], "serve", "0 to 65535" },
    };

    [Theory, MemberData(nameof(UsageErrors))]
    public async Task A_usage_error_exits_2_in_words_and_in_json(string[] arguments, string words, string message)
    {
        var run = (await folder.RunAsync(arguments)).Exits(2);
        Assert.Equal("", run.Out);
        Assert.Contains(message, run.Error);
        var json = (await folder.RunAsync([.. arguments, "--json"])).Exits(2);
        Assert.Equal("", json.Error);
        Assert.False((bool?)json.Json["ok"]);
        Assert.Equal(words, arguments.Length == 0 ? "" : (string?)json.Json["command"]);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("verify", "--help")]
    [InlineData("authority", "user", "add", "--help")]
    public async Task Help_is_no_error(params string[] arguments)
    {
        var run = (await folder.RunAsync(arguments)).Exits(0);
        Assert.Contains("Usage:", run.Out);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var help = (await folder.RunAsync("--help")).Out;
        Assert.All(["version", "digest", "sign", "attest", "verify", "trust", "serve", "demo", "authority"], verb => Assert.Contains($"\n  {verb} ", help));
    }

    [Fact]
    public async Task A_file_that_looks_like_an_option_is_a_file_where_it_exists_or_where_the_options_ended()
    {
        folder.Write("--list", "abc");
        Assert.Contains("--list", (await folder.RunAsync("digest", "--list")).Exits(0).Out);
        Assert.Contains("artifact not found: --none", (await folder.RunAsync("digest", "--", "--none")).Exits(1).Error);
    }

    [Fact]
    public async Task At_signs_are_not_response_files()
    {
        folder.Write("@list", "abc");
        Assert.Contains("@list", (await folder.RunAsync("digest", "@list")).Exits(0).Out);
    }
}

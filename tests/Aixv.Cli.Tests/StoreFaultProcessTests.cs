using System.Diagnostics;
using System.Text.Json.Nodes;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Tests;

/// <summary>The store under what really happens to disks and processes: full, read-only, several writers at once. Each command is a process of its own.</summary>
public sealed class StoreFaultProcessTests : IDisposable
{
    private readonly CliFolder folder = new();

    public StoreFaultProcessTests()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        folder.Write("key.pem", key.ToPem());
        folder.Write("model.bin", "model");
        folder.Write("incident.json", """{"what": "happened"}""");
        folder.Write("training.json", """{"parent_models": []}""");
        Directory.CreateDirectory(Path.Combine(folder.Path, "disk"));
    }

    public void Dispose() => folder.Dispose();

    private async Task<CliRun> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder.Path,
            Environment = { ["AIXV_HOME"] = Path.Combine(folder.Path, "home"), ["AIXV_PROGRAM"] = typeof(CommandLine).Assembly.Location },
        };
        start.Environment.Remove("SIGSTORE_ID_TOKEN");
        start.Environment.Remove("AIXV_STORE");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliRun(process.ExitCode, await output, await error);
    }

    private Task<CliRun> AixvAsync(params string[] arguments) => RunAsync("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments, "--json"]);

    /// <summary>Runs a script where it may mount file systems that nobody else sees.</summary>
    private async Task<string[]> MountedAsync(string script)
    {
        string[]? unshare = null;
        foreach (var options in (string[][])[["-m"], ["-Urm"]])
        {
            if (OperatingSystem.IsLinux() && (await RunAsync("sh", "-c", $"unshare {options[0]} mount -t tmpfs none disk 2>/dev/null")).ExitCode == 0)
            {
                unshare = options;
                break;
            }
        }

        Assert.SkipUnless(unshare is not null, "no file system can be mounted here (unshare -m and unshare -Urm both fail)");
        folder.Write("script.sh", script.ReplaceLineEndings("\n"));
        return (await RunAsync("unshare", [unshare![0], "sh", "script.sh"])).Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>From no free page to enough: at each point all of it is written, or none.</summary>
    [Theory]
    [InlineData("record create --kind incident --record-id I-1 --input incident.json --key key.pem --no-log --store disk/store", 2)]
    [InlineData("attest disk/model.bin --predicate training --input training.json --key key.pem --no-log --store disk/store", 4)]
    [InlineData("rollback disk/model.bin --to sha256:0000000000000000000000000000000000000000000000000000000000000000 --allow-unknown --key key.pem --no-log --store disk/store", 4)]
    [InlineData("sign disk/model.bin --key key.pem --no-log", 1)]
    public async Task A_full_disk_leaves_nothing_half_written(string command, int files)
    {
        var lines = await MountedAsync($$"""
            for free in $(seq 0 {{files + 1}}); do
              mount -t tmpfs -o size=128k none disk
              echo model >disk/model.bin
              cat /dev/zero >disk/fill 2>/dev/null
              truncate -s -$((free * 4096)) disk/fill
              code=0
              answer=$(dotnet "$AIXV_PROGRAM" {{command}} --json) || code=$?
              rm disk/fill
              echo "$code $(find disk -type f ! -name .lock ! -name model.bin | wc -l) $answer"
              umount disk
            done
            """);
        Assert.Equal(files + 2, lines.Length);
        foreach (var line in lines)
        {
            var words = line.Split(' ', 3);
            var answer = JsonNode.Parse(words[2])!;
            Assert.True(words is ["0", _, _] ? words[1] == $"{files}" : words is ["3", "0", _], line);
            Assert.Equal(words[0] == "0", (bool?)answer["ok"]);
            Assert.True(words[0] == "0" || ((string?)answer["error"])!.Contains("space", StringComparison.OrdinalIgnoreCase), line);
        }

        Assert.StartsWith("3 0 ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"0 {files} ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_disk_can_be_read_and_says_so_when_it_is_written()
    {
        (await AixvAsync("attest", "model.bin", "--predicate", "training", "--input", "training.json", "--key", "key.pem", "--no-log", "--store", "made")).Exits(0);
        var lines = await MountedAsync("""
            mount -t tmpfs none disk
            cp model.bin disk/; cp -r made disk/store
            mount -o remount,ro disk
            try() { code=0; answer=$(dotnet "$AIXV_PROGRAM" "$@" --json) || code=$?; echo "$code $answer"; }
            try record create --kind incident --record-id I-1 --input incident.json --store disk/store
            try attest disk/model.bin --predicate training --input training.json --no-sign --store disk/store
            try sign disk/model.bin --key key.pem --no-log
            try provenance disk/model.bin --store disk/store
            try store check --store disk/store
            """);
        Assert.Equal(5, lines.Length);
        foreach (var line in lines[..3])
        {
            Assert.True(line[0] is '1' or '3', line);
            var error = (string?)JsonNode.Parse(line[2..])!["error"];
            Assert.True(error!.Contains("read-only", StringComparison.OrdinalIgnoreCase) || error.Contains("not writable", StringComparison.Ordinal), line);
        }

        Assert.All(lines[3..], line => Assert.StartsWith("0 ", line, StringComparison.Ordinal));
        Assert.Equal(1, (int?)JsonNode.Parse(lines[3][2..])!["attestation_count"]);
    }

    /// <summary>Whoever can write into a store or a folder of models could else make every command wait for ever.</summary>
    [Fact]
    public async Task A_pipe_in_the_place_of_a_file_is_named_and_not_waited_for()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Windows has no pipes in folders");
        (await AixvAsync("record", "create", "--kind", "incident", "--record-id", "I-1", "--input", "incident.json")).Exits(0);
        Directory.CreateDirectory(Path.Combine(folder.Path, "m"));
        Directory.CreateDirectory(Path.Combine(folder.Path, ".aixv", "advisories"));
        (await RunAsync("sh", "-c", "mkfifo .aixv/advisories/A.json .aixv/records/incident/I-1.json.sigstore.json m/config.json m/x.sigstore.json; cp model.bin m")).Exits(0);
        folder.Write("policy.json", """{"policy_type": "aixv.policy/v1", "subject": "x@example.org"}""");
        folder.Write("root.json", """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}""");
        Assert.Contains("not a regular file", (await AixvAsync("store", "check")).Exits(1).Out, StringComparison.Ordinal);
        (await AixvAsync("advisory", "list", "model.bin")).Exits(1);
        (await AixvAsync("provenance", "model.bin", "--trusted-root", "root.json")).Exits(0);
        var admitted = (await AixvAsync("admit", "m", "--policy", "policy.json", "--no-require-signed-policy", "--trusted-root", "root.json")).Exits(1).Json;
        Assert.Equal(2, (int?)admitted["denied_count"]);
    }

    [Fact]
    public async Task Processes_that_write_at_once_lose_nothing_and_replace_nothing()
    {
        var model = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("model"u8))}";
        const int Writers = 4;
        for (var i = 0; i < Writers; i++)
        {
            folder.Write($"adv{i}.json", ReleaseFolder.Advisory("ADV-1", model, status: i % 2 == 0 ? "active" : "mitigated").Replace("poisoned-weights", $"reason-{i}", StringComparison.Ordinal));
            folder.Write($"same{i}.json", $$"""{"number": {{i}}}""");
        }

        string[] signed = ["--key", "key.pem", "--no-log"];
        var advisories = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => AixvAsync(["advisory", "create", "--input", $"adv{i}.json", .. signed])));
        Assert.All(advisories, run => run.Exits(0));
        Assert.Equal(Writers, advisories.Select(run => (string?)run.Json["record_path"]).Distinct().Count());

        // Of one id with different contents one is taken, and the others are told.
        var taken = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => AixvAsync(["record", "create", "--kind", "incident", "--record-id", "I-1", "--input", $"same{i}.json", .. signed])));
        Assert.Equal(1, taken.Count(run => run.ExitCode == 0));
        Assert.All(taken.Where(run => run.ExitCode != 0), run => Assert.Contains("is there already", (string?)run.Exits(1).Json["error"], StringComparison.Ordinal));

        var attested = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i =>
            AixvAsync(["attest", "model.bin", "--predicate", "training", "--input", "training.json", "--output", $"out{i}.json", .. signed])));
        Assert.All(attested, run => run.Exits(0));
        var check = (await AixvAsync("store", "check")).Exits(0).Json;
        Assert.Equal((Writers + 1, Writers, 0), ((int?)check["record_count"], (int?)check["attestation_count"], (int?)check["problem_count"]));
    }
}

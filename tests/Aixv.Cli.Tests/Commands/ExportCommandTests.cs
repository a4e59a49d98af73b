using System.Text.Json.Nodes;
using Aixv.Export;

namespace Aixv.Cli.Tests.Commands;

/// <summary><c>aixv export</c>, <c>formats</c> and <c>import-evidence</c>, with real signatures.</summary>
public sealed class ExportCommandTests(PrivateInstance instance) : IDisposable
{
    private const string Claim = """
        {"parent_models": [{"name": "acme/base", "digest": "DIGEST"}], "datasets": [{"name": "corpus", "split": "train"}],
         "training_run": {"framework": "pytorch", "framework_version": "2.6.0"}, "hyperparameters": {"epochs": 3}}
        """;

    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    private async Task AttestModelAsync(bool recallParent = false)
    {
        release.Model("model.safetensors", "weights");
        var parent = release.Model("base.safetensors", "base weights");
        await release.AttestAsync(ReleaseFolder.Release, "base.safetensors", "training", """{"parent_models": []}""");
        await release.AttestAsync(ReleaseFolder.Release, "model.safetensors", "training", Claim.Replace("DIGEST", parent, StringComparison.Ordinal));
        if (recallParent)
        {
            await release.RecordAsync(ReleaseFolder.Security, "advisory", "ADV-1", ReleaseFolder.Advisory("ADV-1", parent, selector: "descendants"));
        }
    }

    [Fact]
    public async Task The_three_lines_of_the_documented_surface_run_as_written()
    {
        await AttestModelAsync();
        var statement = JsonNode.Parse((await release.SayAsync("export", "model.safetensors", "--format", "in-toto")).Exits(0).Out)!;
        Assert.Equal("https://in-toto.io/Statement/v1", (string?)statement["_type"]);
        foreach (var format in (string[])["in-toto", "slsa", "ml-bom"])
        {
            var answer = (await release.RunAsync("export", "model.safetensors", "--format", format)).Exits(0).Json;
            Assert.True((bool?)answer["ok"]);
            Assert.Equal(format, (string?)answer["export"]!["format"]);
            Assert.Equal(1, (int?)answer["export"]!["attestation_trust"]!["signed"]);
            Assert.Empty(answer["export"]!["attestation_violations"]!.AsArray());
            Assert.NotNull(answer["export"]!["content"]);
        }
    }

    [Fact]
    public async Task All_that_is_written_passes_its_own_check_and_tells_of_the_recall()
    {
        await AttestModelAsync(recallParent: true);
        string[] command = ["export", "model.safetensors", "--all", "-o", "out", "--trusted-attestation-subject", ReleaseFolder.Release, .. await release.PolicyAsync()];
        var answer = (await release.RunAsync(command)).Exits(0).Json;
        var written = answer["exports"]!.AsArray();
        Assert.Equal(Exporters.All.Length, written.Count + answer["refused"]!.AsArray().Count);
        foreach (var export in written)
        {
            var path = (string)export!["path"]!;
            var check = (await release.RunAsync("export", "--check", path, "--offline")).Json;
            Assert.True((bool?)check["ok"], $"{path}: {check.ToJsonString()}");
            Assert.Equal(release.DigestOf(path), (string?)export["digest"]);
        }

        Assert.Contains("ADV-1", release.Folder.Read("out/sarif.sarif"), StringComparison.Ordinal);

        // The references name every other document, where it is and with its digest.
        var references = JsonNode.Parse(release.Folder.Read("out/in-toto-reference.reference.json"))!["predicate"]!["references"]!.AsArray()
            .Where(r => (string?)r!["annotations"]!["role"] == "export")
            .ToDictionary(r => $"out/{(string)r!["downloadLocation"]!}", r => $"sha256:{(string)r!["digest"]!["sha256"]!}");
        Assert.Equal(written.Where(w => (string?)w!["format"] != "in-toto-reference").ToDictionary(w => (string)w!["path"]!, w => (string)w!["digest"]!), references);
    }

    [Fact]
    public async Task The_same_facts_are_the_same_bytes_whenever_they_are_exported()
    {
        await AttestModelAsync();
        (await release.RunAsync("export", "model.safetensors", "--all", "-o", "one")).Exits(0);
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        (await release.RunAsync("export", "model.safetensors", "--all", "-o", "two")).Exits(0);
        var one = Path.Combine(release.Folder.Path, "one");
        foreach (var file in Directory.EnumerateFiles(one, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(release.Folder.Path, "two", Path.GetRelativePath(one, file))));
        }
    }

    [Fact]
    public async Task Where_signatures_are_required_nothing_is_written_without_them()
    {
        release.Model("model.safetensors", "weights");
        release.Folder.Write("t.json", """{"parent_models": []}""");
        (await release.Folder.RunAsync("attest", "model.safetensors", "--predicate", "training", "--input", "t.json", "--no-sign")).Exits(0);
        string[] command = ["export", "model.safetensors", "--format", "in-toto", "-o", "out.json", "--require-signed-attestations"];
        var nobody = (await release.RunAsync(command)).Exits(1).Json;
        Assert.Equal("signed attestation verification requires trusted_attestation_subject or trusted_attestation_subjects", (string?)nobody["error"]);
        var refused = (await release.RunAsync([.. command, "--trusted-attestation-subject", ReleaseFolder.Release])).Exits(1).Json;
        Assert.Contains("not signed", (string?)refused["error"], StringComparison.Ordinal);
        Assert.False(release.Folder.Has("out.json"));
        (await release.RunAsync(command[..^1])).Exits(0);
        Assert.True(release.Folder.Has("out.json"));
    }

    [Fact]
    public async Task A_signed_statement_verifies_against_the_artifact()
    {
        await AttestModelAsync();
        var signed = (await release.AsAsync(ReleaseFolder.Officer, "export", "model.safetensors", "--format", "slsa", "-o", "slsa.json", "--sign")).Exits(0).Json;
        Assert.Equal("slsa.json.sigstore.json", (string?)signed["exports"]![0]!["signature"]);
        (await release.RunAsync("verify", "model.safetensors", "--bundle", "slsa.json.sigstore.json", "--identity", ReleaseFolder.Officer)).Exits(0);
    }

    [Theory]
    [InlineData("hashedrekord")]
    [InlineData("dsse")]
    public async Task A_log_holds_a_signed_statement_as_it_was_asked_to(string kind)
    {
        await AttestModelAsync();
        (await release.AsAsync(ReleaseFolder.Officer, "export", "model.safetensors", "--format", "slsa", "-o", "slsa.json", "--sign", "--log-entry", kind)).Exits(0);
        var bundle = JsonNode.Parse(release.Folder.Read("slsa.json.sigstore.json"))!;
        Assert.Equal(kind, (string?)bundle["verificationMaterial"]!["tlogEntries"]![0]!["kindVersion"]!["kind"]);
        (await release.RunAsync("verify", "model.safetensors", "--bundle", "slsa.json.sigstore.json", "--identity", ReleaseFolder.Officer)).Exits(0);
    }

    [Fact]
    public async Task What_is_signed_evidence_already_needs_no_other_signature()
    {
        await AttestModelAsync();
        (await release.AsAsync(ReleaseFolder.Officer, "export", "model.safetensors", "--format", "dsse,sigstore-bundle", "-o", "out", "--sign")).Exits(0);
        var refused = (await release.AsAsync(ReleaseFolder.Officer, "export", "model.safetensors", "--format", "dsse,sarif", "-o", "other", "--sign")).Exits(1).Json;
        Assert.Contains("sarif needs a signature beside it", (string?)refused["error"], StringComparison.Ordinal);
        Assert.False(release.Folder.Has("other"));
    }

    [Fact]
    public async Task A_policy_decides_as_of_the_time_that_is_set()
    {
        await AttestModelAsync();
        string[] command = ["export", "model.safetensors", "--format", "slsa-vsa-v1", .. await release.PolicyAsync("\"max_bundle_age_days\": 30")];
        async Task<(string? Time, string? Result)> DecideAsync(params string[] more)
        {
            var predicate = (await release.RunAsync([.. command, .. more])).Exits(0).Json["export"]!["content"]!["predicate"]!;
            return ((string?)predicate["timeVerified"], (string?)predicate["verificationResult"]);
        }

        var later = DateTimeOffset.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().AddDays(60).ToUnixTimeSeconds());
        var text = later.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("PASSED", (await DecideAsync()).Result);
        Assert.Equal((text, "FAILED"), await DecideAsync("--timestamp", text));
        release.Folder["SOURCE_DATE_EPOCH"] = later.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((text, "FAILED"), await DecideAsync());

        // An epoch before the facts cannot be when they were judged: the latest of them is.
        release.Folder["SOURCE_DATE_EPOCH"] = "1000000000";
        var early = await DecideAsync();
        Assert.Equal("PASSED", early.Result);
        Assert.NotEqual("2001-09-09T01:46:40Z", early.Time);
        Assert.Equal(early, await DecideAsync());
    }

    [Fact]
    public async Task A_model_signature_that_was_imported_is_found_by_its_file()
    {
        await AttestModelAsync();
        (await release.AsAsync(ReleaseFolder.Officer, "export", "model.safetensors", "--format", "oms-bundle", "-o", "model.sig", "--sign")).Exits(0);
        (await release.RunAsync("import-evidence", "model.sig", "--artifact", "model.safetensors", "--store", "elsewhere")).Exits(0);
        (await release.RunAsync("export", "model.safetensors", "--format", "oms-bundle", "-o", "again.sig", "--store", "elsewhere")).Exits(0);
        Assert.Equal(release.Folder.Read("model.sig"), release.Folder.Read("again.sig"));
        var provenance = (await release.RunAsync("provenance", "model.safetensors", "--store", "elsewhere")).Exits(0).Json;
        Assert.Equal(1, (int?)provenance["attestation_trust"]!["signed"]);
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_elsewhere()
    {
        await AttestModelAsync();
        (await release.RunAsync("export", "model.safetensors", "--format", "slsa", "-o", "slsa.json")).Exits(0);
        (await release.RunAsync("export", "model.safetensors", "--format", "sigstore-bundle", "-o", "bundle.json")).Exits(0);
        var imported = (await release.RunAsync("import-evidence", "slsa.json", "bundle.json", "--store", "elsewhere")).Exits(0).Json;
        Assert.Contains("attested", imported["files"]![1]!["records"]!.AsArray().Select(r => (string?)r!["tier"]));
        Assert.All(imported["files"]![0]!["records"]!.AsArray(), record => Assert.Equal("identified", (string?)record!["tier"]));
        var again = (await release.RunAsync("import-evidence", "slsa.json", "bundle.json", "--store", "elsewhere")).Exits(0).Json;
        Assert.Equal(0, (int?)again["imported_count"]);
        (await release.RunAsync("export", "model.safetensors", "--format", "in-toto", "-o", "again.json", "--store", "elsewhere")).Exits(0);
        (await release.RunAsync("export", "model.safetensors", "--format", "in-toto", "-o", "first.json")).Exits(0);
        Assert.Equal(release.Folder.Read("first.json"), release.Folder.Read("again.json"));
    }

    [Fact]
    public async Task Mistakes_are_told()
    {
        release.Model("model.safetensors", "weights");
        (await release.SayAsync("export", "model.safetensors")).Exits(2);
        (await release.SayAsync("export")).Exits(2);
        (await release.SayAsync("export", "model.safetensors", "--all", "--format", "slsa", "-o", "x")).Exits(2);
        (await release.SayAsync("export", "model.safetensors", "--check", "x")).Exits(2);
        Assert.Contains("unknown format: nonsense", (await release.SayAsync("export", "model.safetensors", "--format", "nonsense")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("pass -o DIR", (await release.SayAsync("export", "model.safetensors", "--format", "slsa,sarif")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("artifact not found", (await release.SayAsync("export", "missing", "--format", "slsa")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("--timestamp", (await release.SayAsync("export", "model.safetensors", "--format", "slsa")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("'yesterday' is no time", (await release.SayAsync("export", "model.safetensors", "--format", "slsa", "--timestamp", "yesterday")).Exits(1).Error, StringComparison.Ordinal);
        release.Folder.Write("meta.json", """{"licence": "MIT"}""");
        Assert.Contains("unknown member 'licence'", (await release.SayAsync("export", "model.safetensors", "--format", "slsa", "--meta", "meta.json")).Exits(1).Error, StringComparison.Ordinal);
        release.Folder.Write("text.json", "{\"a\": }");
        Assert.Contains("not valid JSON", (await release.SayAsync("export", "--check", "text.json")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("not a document of any format", (await release.SayAsync("export", "--check", "meta.json")).Exits(1).Error, StringComparison.Ordinal);
        Assert.False(release.Folder.Has("x"));
    }

    [Fact]
    public async Task Formats_are_listed_for_people_and_programs()
    {
        var listed = (await release.Folder.RunAsync("formats", "--json")).Exits(0).Json;
        Assert.Equal(Exporters.All.Length, (int?)listed["count"]);
        Assert.All(listed["formats"]!.AsArray(), format =>
        {
            foreach (var member in (string[])["id", "standard", "version", "media_type", "extension", "category"])
            {
                Assert.False(string.IsNullOrEmpty((string?)format![member]), $"{format["id"]}: {member}");
            }
        });
        Assert.Contains("in-toto-statement", (await release.Folder.RunAsync("formats")).Exits(0).Out, StringComparison.Ordinal);
    }
}

namespace Aixv.Cli.Tests.Commands;

/// <summary>An advisory that is an attestation counts as one that is a record does.</summary>
public sealed class AdvisoryAttestationTests(PrivateInstance instance) : IDisposable
{
    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    private async Task<(string Model, string[] Judge)> SignedAsync()
    {
        var model = release.Model("model.bin", "weights");
        (await release.AsAsync(ReleaseFolder.Release, "sign", "model.bin")).Exits(0);
        return (model, ["verify", "model.bin", .. await release.PolicyAsync()]);
    }

    [Fact]
    public async Task By_a_trusted_subject_it_denies_and_a_later_record_withdraws_it()
    {
        var (model, judge) = await SignedAsync();
        await release.AttestAsync(ReleaseFolder.Security, "model.bin", "advisory", ReleaseFolder.Advisory("ADV-1", model));
        var denied = (await release.RunAsync(judge)).Exits(1).Json;
        Assert.Equal("ADV-1", (string?)denied["violations"]![0]!["advisory_id"]);
        Assert.Equal(1, (int?)denied["admission_evidence"]!["trusted_active_advisory_count"]);
        var listed = (await release.RunAsync("advisory", "list", "model.bin", "--require-signed", "--trusted-subject", ReleaseFolder.Security)).Exits(0).Json;
        Assert.Equal(ReleaseFolder.Security, (string?)listed["advisories"]![0]!["signer"]);
        Assert.Equal("1", (await release.RunAsync("impact", "ADV-1")).Exits(0).Json["affected_count"]!.ToString());

        (await release.AsAsync(ReleaseFolder.Security, "advisory", "withdraw", "ADV-1", "--sign")).Exits(0);
        (await release.RunAsync(judge)).Exits(0);
    }

    [Fact]
    public async Task By_a_stranger_or_unsigned_it_changes_nothing()
    {
        var (model, judge) = await SignedAsync();
        await release.AttestAsync(ReleaseFolder.Stranger, "model.bin", "advisory", ReleaseFolder.Advisory("ADV-1", model));
        release.Folder.Write("a.json", ReleaseFolder.Advisory("ADV-2", model));
        (await release.RunAsync("attest", "model.bin", "--predicate", "advisory", "--input", "a.json", "--no-sign")).Exits(0);
        var admitted = (await release.RunAsync([.. judge, "--explain"])).Exits(0).Json;
        Assert.Contains("whom the policy does not trust for advisories", admitted["evaluation"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, (int?)(await release.RunAsync("advisory", "list", "model.bin", "--require-signed", "--trusted-subject", ReleaseFolder.Security)).Exits(0).Json["advisory_count"]);
    }

    [Fact]
    public async Task A_bundle_of_another_statement_lends_it_no_signature()
    {
        var (model, judge) = await SignedAsync();
        await release.AttestAsync(ReleaseFolder.Security, "model.bin", "advisory", ReleaseFolder.Advisory("ADV-1", model, status: "withdrawn"));
        var path = Path.Combine(release.Folder.Path, ".aixv", "attestations", $"sha256_{model[7..]}.advisory.v1.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("withdrawn", "active", StringComparison.Ordinal));
        Assert.NotEmpty((await release.RunAsync(judge)).Exits(0).Json["store_warnings"]!.AsArray());
    }

    [Fact]
    public async Task One_that_cannot_be_read_fails_closed()
    {
        var (model, judge) = await SignedAsync();
        await release.AttestAsync(ReleaseFolder.Security, "model.bin", "advisory", ReleaseFolder.Advisory("ADV-1", model));
        var path = Path.Combine(release.Folder.Path, ".aixv", "attestations", $"sha256_{model[7..]}.advisory.v1.json");
        File.WriteAllText(path, File.ReadAllText(path)[..40]);
        Assert.Equal("advisories-unreadable", (string?)(await release.RunAsync(judge)).Exits(1).Json["violations"]![0]!["code"]);
    }
}

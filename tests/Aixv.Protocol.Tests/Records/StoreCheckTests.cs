using System.Collections.Immutable;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Tests.Records;

public sealed class StoreCheckTests(VirtualSigstore sigstore) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RecordStore Store => new(folder.Path);

    public void Dispose() => folder.Dispose();

    private StoreProblem Only()
    {
        var report = new StoreCheck(folder.Path).Run();
        return Assert.Single(report.Problems);
    }

    private async Task<string> AdvisoryAsync(string id) => (await Store.AddAsync(
        Samples.Record("advisory", id, Samples.Advisory(id)), sigstore.By(VirtualSigstore.Security), Cancel)).Path;

    private static Statement Training => new(
        [new StatementSubject("model", Samples.Model)], PredicateTypes.Read("training", Samples.Json("""{"parent_models":[]}""")));

    [Fact]
    public async Task A_sound_store_has_no_problems()
    {
        await AdvisoryAsync("ADV-1");
        await Store.AddAsync(Samples.Record("policy", "production", Samples.Policy), sigstore.By(VirtualSigstore.Security), Cancel);
        new AttestationStore(folder.Path).Append(Training, await sigstore.AttestAsync(Training.ToBytes(), VirtualSigstore.Release), Samples.Now);
        var report = new StoreCheck(folder.Path).Run();
        Assert.Equal(ImmutableArray<StoreProblem>.Empty, report.Problems);
        Assert.Equal((2, 1), (report.Records, report.Attestations));
    }

    [Fact]
    public void A_store_that_is_not_there_is_empty() => Assert.Empty(new StoreCheck(folder.Combine("none")).Run().Problems);

    [Fact]
    public async Task A_file_cut_in_the_middle_is_named()
    {
        var path = await AdvisoryAsync("ADV-1");
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], Cancel);
        Assert.Equal(new StoreProblem("advisories/ADV-1.json", "advisory", StoreFault.Truncated, $"the file ends in the middle, after {bytes.Length / 2} bytes"), Only());
    }

    [Fact]
    public async Task A_damaged_record_is_named_with_the_place()
    {
        var path = await AdvisoryAsync("ADV-1");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Cancel)).Replace("\"critical\"", "\"grave\"", StringComparison.Ordinal), Cancel);
        var problems = new StoreCheck(folder.Path).Run().Problems;
        Assert.Contains(new StoreProblem("advisories/ADV-1.json", "advisory", StoreFault.Damaged, "invalid advisory: $.severity: found 'grave', allowed: low, medium, high, critical"), problems);
        Assert.Contains(problems, p => p.Fault == StoreFault.BundleOfAnother);
    }

    [Fact]
    public async Task A_changed_record_no_longer_fits_its_bundle()
    {
        var path = await AdvisoryAsync("ADV-1");
        await File.AppendAllTextAsync(path, "\n", Cancel);
        Assert.Equal(
            new StoreProblem("advisories/ADV-1.json.sigstore.json", "advisory", StoreFault.BundleOfAnother, "the bundle signs other bytes than those of ADV-1.json: the record was changed, or the bundle swapped"),
            Only());
    }

    [Fact]
    public async Task Bundles_swapped_between_two_records_are_told_by_name()
    {
        var (one, two) = (await AdvisoryAsync("ADV-1"), await AdvisoryAsync("ADV-2"));
        File.Move($"{one}.sigstore.json", $"{one}.kept");
        File.Move($"{two}.sigstore.json", $"{one}.sigstore.json");
        File.Move($"{one}.kept", $"{two}.sigstore.json");
        Assert.Equal(
            ["the bundle signs ADV-2.json, not ADV-1.json", "the bundle signs ADV-1.json, not ADV-2.json"],
            new StoreCheck(folder.Path).Run().Problems.Select(p => p.Message));
    }

    [Fact]
    public async Task A_bundle_of_another_attestation_is_told()
    {
        var other = new Statement([new StatementSubject("base", Samples.Base)], Training.Predicate);
        new AttestationStore(folder.Path).Append(Training, await sigstore.AttestAsync(other.ToBytes(), VirtualSigstore.Release), Samples.Now);
        Assert.Equal(StoreFault.BundleOfAnother, Only().Fault);
    }

    [Fact]
    public async Task Orphans_and_unsigned_records_are_named()
    {
        var (one, two) = (await AdvisoryAsync("ADV-1"), await AdvisoryAsync("ADV-2"));
        File.Delete(one);
        File.Delete($"{two}.sigstore.json");
        await Store.AddAsync(Samples.Record("policy", "production", Samples.Policy), null, Cancel);
        Assert.Equal(
            [
                new StoreProblem("advisories/ADV-1.json.sigstore.json", "advisory", StoreFault.RecordMissing, "a bundle without its record"),
                new StoreProblem("advisories/ADV-2.json", "advisory", StoreFault.BundleMissing, "its bundle ADV-2.json.sigstore.json is missing"),
                new StoreProblem("policies/production.json", "policy", StoreFault.NotSigned, "not signed: there is no bundle"),
            ],
            new StoreCheck(folder.Path).Run().Problems);
    }

    [Fact]
    public async Task Names_and_folders_that_contradict_the_record_are_named()
    {
        var path = await AdvisoryAsync("ADV-1");
        File.Move(path, folder.Combine("advisories", "OTHER.json"));
        File.Move($"{path}.sigstore.json", folder.Combine("advisories", "OTHER.json.sigstore.json"));
        Assert.Equal(new StoreProblem("advisories/OTHER.json", "advisory", StoreFault.Contradictory, "the file's name says OTHER, the record ADV-1"), Only());

        Directory.Move(folder.Combine("advisories"), folder.Combine("policies"));
        Assert.Contains(new StoreProblem("policies/OTHER.json", "policy", StoreFault.Contradictory, "a record of kind advisory in the folder of policy"), new StoreCheck(folder.Path).Run().Problems);
    }

    [Fact]
    public async Task A_damaged_bundle_leftovers_and_unknown_files_are_named()
    {
        var path = await AdvisoryAsync("ADV-1");
        await File.WriteAllTextAsync($"{path}.sigstore.json", "{}", Cancel);
        await File.WriteAllTextAsync(folder.Combine("advisories", ".0123.tmp"), "", Cancel);
        await File.WriteAllTextAsync(folder.Combine("advisories", "notes.txt"), "", Cancel);
        await File.WriteAllTextAsync(folder.Combine("lineage.index"), "", Cancel);
        var report = new StoreCheck(folder.Path).Run();
        Assert.Equal([StoreFault.Unexpected, StoreFault.BundleDamaged, StoreFault.Unexpected], report.Problems.Select(p => p.Fault));
        Assert.Equal(["lineage.index"], report.NotLookedAt);
    }
}

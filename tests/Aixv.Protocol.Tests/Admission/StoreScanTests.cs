using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Tests.Admission;

public sealed class StoreScanTests(VirtualSigstore sigstore) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RecordStore Store => new(folder.Path);

    public void Dispose() => folder.Dispose();

    private Task<StoredRecord> AddAsync(string kind, string id, System.Text.Json.Nodes.JsonObject payload, string email) =>
        Store.AddAsync(Samples.Record(kind, id, payload), sigstore.By(email), Cancel);

    private Evidence Scan(LineagePaths? lineage = null) => StoreScan.Run(Store, sigstore.Records, sigstore.Attestations).AddTo(new Evidence { Artifact = Samples.Model }, lineage);

    [Fact]
    public async Task Advisories_waivers_and_bundles_of_the_artifact_are_found_with_their_signers()
    {
        await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        var other = Samples.Advisory("ADV-2");
        other["affected"]![0]!["digest"] = Samples.Base.ToString();
        await AddAsync("advisory", "ADV-2", other, VirtualSigstore.Security);
        await AddAsync("waiver", "WVR-1", Samples.Waiver, VirtualSigstore.Stranger);
        var evidence = Scan();
        var advisory = Assert.Single(evidence.Advisories);
        Assert.Equal("security@example.org", advisory.Signer!.Subject);
        Assert.NotNull(advisory.IntegratedTime);
        Assert.Equal([ReachPath.Direct], advisory.Paths);
        Assert.Equal("stranger@example.org", Assert.Single(evidence.Waivers).Signer!.Subject);
    }

    [Fact]
    public async Task A_changed_record_counts_as_unsigned()
    {
        var stored = await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        await File.WriteAllTextAsync(stored.Path, (await File.ReadAllTextAsync(stored.Path, Cancel)).Replace("\"active\"", "\"withdrawn\"", StringComparison.Ordinal), Cancel);
        Assert.Null(Assert.Single(Scan().Advisories).Signer);
    }

    [Fact]
    public async Task A_damaged_advisory_makes_the_store_unreadable()
    {
        var stored = await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        await File.WriteAllTextAsync(stored.Path, "{", Cancel);
        Assert.StartsWith("advisories/ADV-2026-0001.json: signed record: not valid JSON", Assert.Single(Scan().Unreadable), StringComparison.Ordinal);
    }

    /// <summary>Taken for unsigned, it would not count, and the recall would be lifted by a bad disk.</summary>
    [Fact]
    public async Task An_advisory_whose_bundle_is_cut_off_makes_the_store_unreadable()
    {
        var stored = await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        await File.WriteAllTextAsync(stored.BundlePath!, (await File.ReadAllTextAsync(stored.BundlePath!, Cancel))[..100], Cancel);
        var evidence = Scan();
        Assert.StartsWith("advisories/ADV-2026-0001.json.sigstore.json: ", Assert.Single(evidence.Unreadable), StringComparison.Ordinal);
        var policy = Policy.Read(Samples.Json("""{"policy_type":"aixv.policy/v1","deny_advisory_severity_at_or_above":"high","allow_subjects":["security@example.org"]}"""));
        Assert.Contains(AdmissionEngine.Decide(evidence, policy, sigstore.Clock.GetUtcNow()).Violations, v => v.Code == ViolationCode.AdvisoriesUnreadable);
    }

    [Fact]
    public async Task Advisories_whose_bundles_were_swapped_make_the_store_unreadable()
    {
        var first = await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        var second = await AddAsync("advisory", "ADV-2", Samples.Advisory("ADV-2"), VirtualSigstore.Security);
        var bundle = await File.ReadAllBytesAsync(first.BundlePath!, Cancel);
        File.Copy(second.BundlePath!, first.BundlePath!, overwrite: true);
        await File.WriteAllBytesAsync(second.BundlePath!, bundle, Cancel);
        Assert.Equal(
            ["advisories/ADV-2.json.sigstore.json", "advisories/ADV-2026-0001.json.sigstore.json"],
            Scan().Unreadable.Select(u => u.Split(": ")[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_advisory_without_any_bundle_is_merely_unsigned()
    {
        var stored = await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        File.Delete(stored.BundlePath!);
        var evidence = Scan();
        Assert.Empty(evidence.Unreadable);
        Assert.Null(Assert.Single(evidence.Advisories).Signer);
    }

    [Fact]
    public async Task A_damaged_waiver_is_named_and_stops_nothing()
    {
        var stored = await AddAsync("waiver", "WVR-1", Samples.Waiver, VirtualSigstore.Security);
        await File.WriteAllTextAsync(stored.Path, "{", Cancel);
        var scan = StoreScan.Run(Store, sigstore.Records, sigstore.Attestations);
        Assert.Empty(scan.Unreadable);
        Assert.StartsWith("records/waiver/WVR-1.json: ", Assert.Single(scan.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiver_of_the_same_advisory_for_another_artifact_is_evidence_so_that_it_can_be_told_why_it_does_not_count()
    {
        await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        var waiver = Samples.Waiver;
        waiver["artifact_digests"] = new System.Text.Json.Nodes.JsonArray((System.Text.Json.Nodes.JsonNode)Samples.Base.ToString());
        waiver["advisory_ids"] = new System.Text.Json.Nodes.JsonArray((System.Text.Json.Nodes.JsonNode)"ADV-2026-0001");
        await AddAsync("waiver", "WVR-1", waiver, VirtualSigstore.Security);
        Assert.Single(Scan().Waivers);
    }

    [Fact]
    public async Task All_records_of_an_advisory_are_evidence_when_one_of_them_reaches_the_artifact()
    {
        await AddAsync("advisory", "ADV-2026-0001", Samples.Advisory(), VirtualSigstore.Security);
        sigstore.Clock.Advance(TimeSpan.FromSeconds(2));
        var narrowed = Samples.Advisory();
        narrowed["affected"]![0]!["digest"] = Samples.Base.ToString();
        await AddAsync("advisory", "ADV-2026-0001", narrowed, VirtualSigstore.Security);
        var evidence = Scan();
        Assert.Equal(2, evidence.Advisories.Length);
        Assert.Empty(evidence.Advisories[1].Paths);
        Assert.True(evidence.Advisories[0].IntegratedTime < evidence.Advisories[1].IntegratedTime);
        var policy = Policy.Read(Samples.Json("""{"policy_type":"aixv.policy/v1","require_no_active_advisories":true,"allow_subjects":["security@example.org"]}"""));
        Assert.DoesNotContain(AdmissionEngine.Decide(evidence, policy, sigstore.Clock.GetUtcNow()).Violations, v => v.AdvisoryId is not null);
    }

    [Theory]
    [InlineData("bundles", true)]
    [InlineData("descendants", false)]
    public async Task A_bundle_carries_an_advisory_by_its_selector_only(string selector, bool reaches)
    {
        var advisory = Samples.Advisory();
        advisory["affected"]![0] = Samples.Json($$"""{"digest":"{{Samples.Base}}","selector":"{{selector}}"}""");
        await AddAsync("advisory", "ADV-2026-0001", advisory, VirtualSigstore.Security);
        await AddAsync("bundle", "main", Samples.Json($$"""{"bundle_type":"aixv.bundle/v1","bundle_id":"main","primary":"{{Samples.Model}}","members":["{{Samples.Base}}"]}"""), VirtualSigstore.Release);
        var evidence = Scan();
        Assert.Equal(reaches ? 1 : 0, evidence.Advisories.Length);
        Assert.Equal([Samples.Model, Samples.Base], Assert.Single(evidence.Bundles).Members);
    }

    [Fact]
    public async Task The_lineage_carries_an_advisory_by_its_selector()
    {
        var advisory = Samples.Advisory();
        advisory["affected"]![0] = Samples.Json($$"""{"digest":"{{Samples.Base}}","selector":["parents","descendants"]}""");
        await AddAsync("advisory", "ADV-2026-0001", advisory, VirtualSigstore.Security);
        var evidence = Scan((_, _) => [Cases.Descendant()]);
        Assert.Equal(Selector.Descendants, Assert.Single(Assert.Single(evidence.Advisories).Paths).By);
        Assert.Empty(Scan().Advisories);
    }
}

using Aixv.Protocol.Records;

namespace Aixv.Protocol.Tests.Records;

public sealed class RecordStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RecordStore store;

    public RecordStoreTests() => store = new RecordStore(folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private static Task<byte[]> Sign(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.FromResult<byte[]>([(byte)'{', (byte)'}']);

    [Fact]
    public async Task A_policy_an_advisory_and_a_waiver_go_where_the_protocol_says()
    {
        await store.AddAsync(Samples.Record("policy", "production", Samples.Policy), Sign, Cancel);
        await store.AddAsync(Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1")), null, Cancel);
        await store.AddAsync(Samples.Record("waiver", "WVR-1", Samples.Waiver), Sign, Cancel);
        Assert.Equal(
            [
                "advisories/ADV-1.json",
                "policies/production.json",
                "policies/production.json.sigstore.json",
                "records/waiver/WVR-1.json",
                "records/waiver/WVR-1.json.sigstore.json",
            ],
            folder.Files());
        Assert.Equal("production.json.sigstore.json", Assert.Single(store.List("policy").Records).Record.SignatureBundlePath);
    }

    [Fact]
    public async Task A_signing_that_fails_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.AddAsync(
            Samples.Record("policy", "production", Samples.Policy), (_, _) => throw new InvalidOperationException("no token"), Cancel));
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task The_same_record_twice_is_one_record()
    {
        var first = await store.AddAsync(Samples.Record("policy", "production", Samples.Policy), Sign, Cancel);
        var second = await store.AddAsync(Samples.Record("policy", "production", Samples.Policy) with { CreatedAt = Samples.Now.AddDays(1) }, Sign, Cancel);
        Assert.True(first.IsNew);
        Assert.False(second.IsNew);
        Assert.Equal(2, folder.Files().Length);
    }

    [Fact]
    public async Task An_unsigned_record_is_signed_later_and_keeps_its_bytes()
    {
        var unsigned = await store.AddAsync(Samples.Record("policy", "production", Samples.Policy), null, Cancel);
        byte[] signedBytes = [];
        var signed = await store.AddAsync(
            Samples.Record("policy", "production", Samples.Policy), (content, _) => { signedBytes = content.ToArray(); return Task.FromResult("{}"u8.ToArray()); }, Cancel);
        Assert.Equal(unsigned.Bytes.ToArray(), signedBytes);
        Assert.Equal(unsigned.Path + ".sigstore.json", signed.BundlePath);
    }

    [Fact]
    public async Task Another_policy_under_the_same_id_is_refused_before_anything_is_signed()
    {
        await store.AddAsync(Samples.Record("policy", "production", Samples.Policy), null, Cancel);
        var other = Samples.Policy;
        other["max_bundle_age_days"] = 7;
        var e = await Assert.ThrowsAsync<RecordConflictException>(() => store.AddAsync(
            Samples.Record("policy", "production", other), (_, _) => throw new InvalidOperationException("must not sign"), Cancel));
        Assert.StartsWith("policy production is there already with another content", e.Message, StringComparison.Ordinal);
        Assert.Equal(30, store.List("policy").Records[0].Record.Payload["max_bundle_age_days"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_members_of_a_bundle_never_change_under_one_id()
    {
        var payload = Samples.Json($$"""{"bundle_type":"aixv.bundle/v1","bundle_id":"main","primary":"{{Samples.Model}}","members":["{{Samples.Model}}"]}""");
        await store.AddAsync(Samples.Record("bundle", "main", payload), null, Cancel);
        var other = payload.DeepClone().AsObject();
        other["members"]!.AsArray().Add(Samples.Base.ToString());
        await Assert.ThrowsAsync<RecordConflictException>(() => store.AddAsync(Samples.Record("bundle", "main", other), null, Cancel));
    }

    [Fact]
    public async Task The_next_status_of_an_advisory_takes_the_next_number()
    {
        await store.AddAsync(Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1")), null, Cancel);
        await store.AddAsync(Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1", "mitigated")), null, Cancel);
        await store.AddAsync(Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1", "active")), null, Cancel);
        Assert.Equal(["advisories/ADV-1.2.json", "advisories/ADV-1.3.json", "advisories/ADV-1.json"], folder.Files());
        Assert.Equal(
            ["active", "mitigated", "active"],
            store.Find("advisory", RecordId.Parse("ADV-1")).Records.Select(r => r.Record.Payload["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_record_whose_id_looks_like_a_number_of_another_is_left_alone()
    {
        await store.AddAsync(Samples.Record("advisory", "ADV.2", Samples.Advisory("ADV.2")), null, Cancel);
        await store.AddAsync(Samples.Record("advisory", "ADV", Samples.Advisory("ADV")), null, Cancel);
        await store.AddAsync(Samples.Record("advisory", "ADV", Samples.Advisory("ADV", "withdrawn")), null, Cancel);
        Assert.Equal(["advisories/ADV.2.json", "advisories/ADV.3.json", "advisories/ADV.json"], folder.Files());
        Assert.Equal(2, store.Find("advisory", RecordId.Parse("ADV")).Records.Length);
    }

    [Fact]
    public async Task A_payload_that_does_not_fit_its_kind_leaves_nothing_behind()
    {
        var e = await Assert.ThrowsAsync<FormatException>(() => store.AddAsync(Samples.Record("policy", "p", Samples.Json("""{"policy_type":"aixv.policy/v1","allow":[]}""")), Sign, Cancel));
        Assert.StartsWith("invalid policy: $: unknown member 'allow', allowed: policy_type, subject", e.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        await Parallel.ForAsync(0, 24, Cancel, async (i, cancel) =>
        {
            var payload = Samples.Advisory("ADV-1");
            payload["reason_code"] = $"case-{i}";
            await new RecordStore(folder.Path).AddAsync(Samples.Record("advisory", "ADV-1", payload), Sign, cancel);
        });
        var listing = store.List("advisory");
        Assert.Empty(listing.Damaged);
        Assert.Equal(24, listing.Records.Select(r => r.Record.Payload["reason_code"]!.GetValue<string>()).Distinct().Count());
        Assert.All(listing.Records, r => Assert.NotNull(r.BundlePath));
    }

    [Fact]
    public async Task Damaged_files_are_listed_not_skipped()
    {
        await store.AddAsync(Samples.Record("policy", "production", Samples.Policy), null, Cancel);
        var path = store.PathOf("policy", RecordId.Parse("production"));
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], Cancel);
        var damaged = Assert.Single(store.List("policy").Damaged);
        Assert.Equal(path, damaged.Path);
        Assert.Contains("not valid JSON", damaged.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_fails_and_keeps_nothing()
    {
        await File.WriteAllTextAsync(folder.Combine("policies"), "a file where the folder should be", Cancel);
        await Assert.ThrowsAnyAsync<IOException>(() => store.AddAsync(Samples.Record("policy", "production", Samples.Policy), Sign, Cancel));
        Assert.Equal(["policies"], folder.Files());
    }

    [Fact]
    public async Task A_record_as_the_Python_package_writes_it_is_read()
    {
        Directory.CreateDirectory(folder.Combine("policies"));
        await File.WriteAllTextAsync(folder.Combine("policies", "policy.json"), """
            {
              "schema": "aixv.signed-record/v1",
              "kind": "policy",
              "record_id": "policy",
              "created_at": "2026-02-01T09:30:00+00:00",
              "payload": {
                "policy_type": "aixv.policy/v1",
                "subject": null,
                "allow_subjects": ["alice@example.com"],
                "max_bundle_age_days": null,
                "require_signed_advisories": true
              },
              "signature_bundle_path": null
            }
            """, Cancel);
        var record = Assert.Single(store.List("policy").Records).Record;
        Assert.Equal(["alice@example.com"], Aixv.Protocol.Policies.Policy.Read(record.Payload).AllowSubjects);
    }
}

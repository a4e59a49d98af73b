using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Proofs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aixv.Track.Tests.Storage;

/// <summary>What every storage of a registry has to do.</summary>
public abstract class RegistryStoreContract : IAsyncLifetime
{
    private Registry registry = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected static EntryKinds Kinds { get; } =
        new([new NoteKind(), new TenantCreated(), new TenantUpdated(), new KeyCreated(), new KeyRevoked()]);

    private protected abstract Task<IRegistryStore> OpenAsync();

    private protected Registry Registry => registry;

    public virtual async ValueTask InitializeAsync() => await ReopenAsync();

    private protected async Task ReopenAsync()
    {
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }

        registry = new Registry(await OpenAsync(), Kinds, TimeProvider.System, NullLogger.Instance);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await registry.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<TenantSession> NewTenantAsync(string name, Visibility visibility = Visibility.Private)
    {
        var tenant = await new TenantDirectory(registry).CreateAsync(TenantDirectory.OperatorCaller("test"), name, visibility, TenantLimits.None, Cancel);
        return Open(tenant);
    }

    private protected TenantSession Open(Tenant tenant) => registry.Open(new Caller(tenant, "test", FrozenSet<string>.Empty));

    private protected static Task<WriteOutcome> WriteAsync(TenantSession session, JsonObject content, params byte[][] attachments) => session.WriteAsync(
        NoteKind.KindName, Encoding.UTF8.GetBytes(content.ToJsonString()), [.. attachments.Select(a => (ReadOnlyMemory<byte>)a)], cancellationToken: Cancel);

    private static JsonObject Record(out TrackId id, params (string, string)[] terms)
    {
        id = TrackId.New(TimeProvider.System.GetUtcNow());
        return new JsonObject { ["create"] = id.ToString(), ["terms"] = NoteKind.Map(terms) };
    }

    private protected static JsonObject Keyed(string name, string fingerprint) => new() { ["keys"] = NoteKind.Map((name, fingerprint)) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_written_entry_is_proven_and_its_leaf_is_in_the_log(bool isPublic)
    {
        var session = await NewTenantAsync("a", isPublic ? Visibility.Public : Visibility.Private);
        var written = Assert.IsType<Written>(await WriteAsync(session, new JsonObject { ["secret"] = "name of a model" }));
        Assert.Equal(NoteVerdict.Valid, registry.Log.Verifier.Check(written.Checkpoint));
        Assert.Equal(isPublic ? 0 : EntryLeaf.SaltLength, written.Frame.Salt.Length);
        Assert.Equal(!isPublic, EntryLeaf.Parse(written.Frame.Leaf.Span).IsSalted);
        Assert.Equal(written.Frame.Leaf.ToArray(), (await registry.Log.ReadLeafAsync(written.Index, Cancel)).ToArray());
        var key = new ReceiptLogKey(registry.Log.Verifier, KeyLife.Unlimited);
        var receipt = Receipt.Create(
            written.Entry.Statement, written.Frame.Salt, written.Frame.Leaf.Span, written.Proof, written.Checkpoint, key);
        var trust = new ReceiptTrust([TrustedLogKey.Parse(registry.Log.Verifier.ToVerifierKey())], WitnessPolicy.None);
        Assert.IsType<VerifiedReceipt>(ReceiptVerifier.Verify(receipt.ToBytes(), trust, TimeProvider.System.GetUtcNow()));
        await WriteAsync(session, []);
        var stored = await session.View.FindEntryAsync(written.Entry.Id, Cancel);
        var again = await registry.IssueReceiptAsync(stored!, Cancel);
        Assert.Equal(written.Index + 2, (long)Checkpoint.Parse(again.Proof.Checkpoint.Text.Span).Size);
        Assert.IsType<VerifiedReceipt>(ReceiptVerifier.Verify(again.ToBytes(), trust, TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public async Task The_same_again_is_found_and_another_is_refused()
    {
        var session = await NewTenantAsync("a");
        var first = Assert.IsType<Written>(await WriteAsync(session, Keyed("k", "01")));
        Assert.Equal(new Existing(first.Index, "k"), await WriteAsync(session, Keyed("k", "01")));
        Assert.Equal(new Taken(first.Index, "k"), await WriteAsync(session, Keyed("k", "02")));
        Assert.IsType<Written>(await WriteAsync(await NewTenantAsync("b"), Keyed("k", "02")));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_written()
    {
        var session = await NewTenantAsync("a");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => WriteAsync(session, Keyed("k", i % 5 == 0 ? "01" : "02"))));
        var written = Assert.IsType<Written>(Assert.Single(outcomes, o => o is Written));
        Assert.All(outcomes.Where(o => o is not Written), o => Assert.Equal(written.Index, o is Existing e ? e.Index : Assert.IsType<Taken>(o).Index));
        var winners = Encoding.UTF8.GetString(written.Entry.Content.Span).Contains("01", StringComparison.Ordinal) ? 10 : 40;
        Assert.Equal(winners - 1, outcomes.Count(o => o is Existing));
    }

    [Fact]
    public async Task A_requirement_is_judged_in_the_order_of_the_log()
    {
        var session = await NewTenantAsync("a");
        await WriteAsync(session, Record(out var agent));
        JsonObject Dependent() => new() { ["requires"] = NoteKind.Map((agent.ToString(), "attested")) };
        var writes = new List<Task<WriteOutcome>>();
        for (var i = 0; i < 20; i++)
        {
            writes.Add(WriteAsync(session, i == 10 ? new JsonObject { ["statuses"] = NoteKind.Map((agent.ToString(), "revoked")) } : Dependent()));
        }

        var outcomes = await Task.WhenAll(writes);
        Assert.All(outcomes[..11], o => Assert.IsType<Written>(o));
        Assert.All(outcomes[11..], o => Assert.Equal("revoked", Assert.IsType<Unmet>(o).Status));
        Assert.Null(Assert.IsType<Unmet>(await WriteAsync(await NewTenantAsync("b"), Dependent())).Status);
    }

    [Fact]
    public async Task Lists_are_filtered_paged_and_bound_to_a_tenant()
    {
        var (mine, open) = (await NewTenantAsync("mine"), await NewTenantAsync("open", Visibility.Public));
        var ids = new List<TrackId>();
        for (var i = 0; i < 7; i++)
        {
            await WriteAsync(mine, Record(out var id, ("name", i % 2 == 0 ? "even" : "odd"), ("agent", "x"), ("word", $"llama{i}")));
            ids.Add(id);
        }

        await WriteAsync(open, Record(out var shared, ("name", "even")));
        var all = new RecordQuery { Type = RecordType.Model };
        var even = all with { Terms = [new("name", "even"), new("agent", "x")], Limit = 3 };
        var page = await mine.View.ListAsync(even, Cancel);
        Assert.Equal([ids[6], ids[4], ids[2]], page.Items.Select(r => r.Id));
        Assert.Equal(4, page.Total);
        var rest = await mine.View.ListAsync(even with { Before = page.Next }, Cancel);
        Assert.Equal([ids[0]], rest.Items.Select(r => r.Id));
        Assert.Null(rest.Next);
        Assert.Equal([ids[2], ids[0]], (await mine.View.ListAsync(even with { Offset = 2 }, Cancel)).Items.Select(r => r.Id));
        Assert.Equal([ids[3]], (await mine.View.ListAsync(all with { Prefix = new("word", "llama3") }, Cancel)).Items.Select(r => r.Id));
        Assert.Equal(7, (await mine.View.ListAsync(all with { Prefix = new("word", "llam") }, Cancel)).Total);
        Assert.Equal(7, (await mine.View.ListAsync(all, Cancel)).Total);
        Assert.Equal(8, (await mine.View.AndPublic().ListAsync(all, Cancel)).Total);
        Assert.Equal([shared], (await open.View.AndPublic().ListAsync(all with { Terms = [new("name", "even")] }, Cancel)).Items.Select(r => r.Id));
        Assert.Equal([shared], (await registry.PublicView.ListAsync(all with { Terms = [new("name", "even")] }, Cancel)).Items.Select(r => r.Id));
        Assert.Null(await open.View.AndPublic().FindAsync(RecordType.Model, ids[0], Cancel));
        Assert.NotNull(await mine.View.FindAsync(RecordType.Model, ids[0], Cancel));
        Assert.Null(await mine.View.FindAsync(RecordType.Dataset, ids[0], Cancel));
        Assert.Null(await mine.View.FindAsync(RecordType.Model, shared, Cancel));
        Assert.NotNull(await mine.View.AndPublic().FindAsync(RecordType.Model, shared, Cancel));
        Assert.Equal(0, (await mine.View.ListAsync(all with { Statuses = ["revoked"] }, Cancel)).Total);
        Assert.Equal(0, (await mine.View.ListAsync(all with { To = DateTimeOffset.UnixEpoch }, Cancel)).Total);
    }

    [Fact]
    public async Task A_record_can_get_other_content_and_another_status()
    {
        var session = await NewTenantAsync("a");
        await WriteAsync(session, Record(out var id, ("name", "old")));
        var update = new JsonObject { ["replace"] = id.ToString(), ["terms"] = NoteKind.Map(("name", "new")), ["statuses"] = NoteKind.Map((id.ToString(), "superseded")) };
        var written = Assert.IsType<Written>(await WriteAsync(session, update));
        var record = await session.View.FindAsync(RecordType.Model, id, Cancel);
        Assert.Equal(("superseded", written.Entry.Id), (record!.Status, record.Entry.Id));
        Assert.NotEqual(written.Entry.Id, record.MadeBy);
        var found = await session.View.ListAsync(new RecordQuery { Type = RecordType.Model, Terms = [new("name", "new")] }, Cancel);
        Assert.Equal([id], found.Items.Select(r => r.Id));

        var other = await NewTenantAsync("b");
        await WriteAsync(other, new JsonObject { ["replace"] = id.ToString(), ["statuses"] = NoteKind.Map((id.ToString(), "stolen")) });
        Assert.Equal("superseded", (await session.View.FindAsync(RecordType.Model, id, Cancel))!.Status);
    }

    [Fact]
    public async Task Attachments_are_read_by_who_may_see_an_entry_that_names_them()
    {
        var (mine, open) = (await NewTenantAsync("mine"), await NewTenantAsync("open", Visibility.Public));
        var (secret, shared) = (Encoding.UTF8.GetBytes("secret"), Encoding.UTF8.GetBytes("shared"));
        await WriteAsync(mine, [], secret, shared);
        await WriteAsync(open, [], shared);
        Assert.Equal(secret, (await mine.View.ReadAttachmentAsync(Digest.Of(secret), Cancel))!.Value.ToArray());
        Assert.Null(await open.View.AndPublic().ReadAttachmentAsync(Digest.Of(secret), Cancel));
        Assert.Null(await registry.PublicView.ReadAttachmentAsync(Digest.Of(secret), Cancel));
        Assert.Equal(shared, (await registry.PublicView.ReadAttachmentAsync(Digest.Of(shared), Cancel))!.Value.ToArray());
    }

    [Fact]
    public async Task Edges_are_read_from_both_ends_and_followed_in_the_log_s_order()
    {
        var session = await NewTenantAsync("a", Visibility.Public);
        var from = await session.View.SizeAsync(Cancel);
        foreach (var edge in (string[])["m1 base", "m2 base", "m3 m1", "m3 m2"])
        {
            await WriteAsync(session, new JsonObject { ["edges"] = NoteKind.Map((edge, "fine_tuned_from")) });
        }

        string[] Show(IEnumerable<StoredEdge> edges) => [.. edges.Select(e => $"{e.Edge.Source} {e.Edge.Target}")];
        Assert.Equal(["m1 base", "m2 base"], Show(await session.View.ReadEdgesAsync(NodeKey.Named("base"), reverse: true, 10, Cancel)));
        Assert.Equal(["m3 m1", "m3 m2"], Show(await registry.PublicView.ReadEdgesAsync(NodeKey.Named("m3"), reverse: false, 10, Cancel)));
        Assert.Equal(["m1 base"], Show(await session.View.AndPublic().ReadEdgesAsync(NodeKey.Named("m1"), reverse: false, 10, Cancel)));
        Assert.Empty(await (await NewTenantAsync("b")).View.ReadEdgesAsync(NodeKey.Named("m1"), reverse: false, 10, Cancel));
        var everything = TenantView.OfEveryTenant(registry.Store);
        var first = await everything.ReadEdgesAsync(from, 3, Cancel);
        Assert.Equal(["m1 base", "m2 base", "m3 m1"], Show(first));
        Assert.Equal(["m3 m2"], Show(await everything.ReadEdgesAsync(first[^1].Index + 1, 3, Cancel)));
    }

    [Fact]
    public async Task Entries_are_read_in_the_log_s_order()
    {
        var session = await NewTenantAsync("a");
        var one = Assert.IsType<Written>(await WriteAsync(session, []));
        await WriteAsync(await NewTenantAsync("b"), []);
        var two = Assert.IsType<Written>(await WriteAsync(session, []));
        Assert.Equal([one.Index, two.Index], (await session.View.ReadEntriesAsync(0, 10, Cancel)).Select(e => e.Index));
        Assert.Equal(one.Entry.Id, (await session.View.FindEntryAsync(one.Entry.Id, Cancel))!.Entry.Id);
        Assert.Null(await Open((await new TenantDirectory(registry).FindByNameAsync("b", Cancel))!).View.FindEntryAsync(one.Entry.Id, Cancel));
        var all = await TenantView.OfEveryTenant(registry.Store).ReadEntriesAsync(0, 100, Cancel);
        Assert.Equal(Enumerable.Range(0, all.Count).Select(i => (long)i), all.Select(e => e.Index));
    }

    [Fact]
    public async Task The_day_s_entries_are_counted()
    {
        var session = await NewTenantAsync("a");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => WriteAsync(session, [])));
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.Equal(12, await registry.Store.Index.CountEntriesAsync(session.Tenant.Realm, day, Cancel));
    }

    [Fact]
    public async Task Scratch_keeps_answers_positions_leases_and_documents()
    {
        var scratch = registry.Store.Scratch;
        var now = TimeProvider.System.GetUtcNow();
        var answer = new StoredAnswer(new byte[] { 1 }, 201, "application/json", Encoding.UTF8.GetBytes("{}"), now.AddHours(1));
        await scratch.KeepAnswerAsync(new Realm(20), "k", answer, now, Cancel);
        await scratch.KeepAnswerAsync(new Realm(20), "k", answer with { Status = 200 }, now, Cancel);
        Assert.Equal(201, (await scratch.FindAnswerAsync(new Realm(20), "k", now, Cancel))!.Status);
        Assert.Null(await scratch.FindAnswerAsync(new Realm(21), "k", now, Cancel));
        Assert.Null(await scratch.FindAnswerAsync(new Realm(20), "k", now.AddHours(2), Cancel));
        Assert.Equal(1, await scratch.ForgetAnswersAsync(now.AddHours(2), Cancel));
        Assert.Equal(0, await scratch.FindPositionAsync("f", Cancel));
        await scratch.KeepPositionAsync("f", 5, Cancel);
        Assert.Equal(5, await scratch.FindPositionAsync("f", Cancel));
        Assert.True(await scratch.TryLeaseAsync("w", "n1", now, TimeSpan.FromMinutes(1), Cancel));
        Assert.False(await scratch.TryLeaseAsync("w", "n2", now, TimeSpan.FromMinutes(1), Cancel));
        Assert.True(await scratch.TryLeaseAsync("w", "n1", now, TimeSpan.FromMinutes(1), Cancel));
        Assert.True(await scratch.TryLeaseAsync("w", "n2", now.AddMinutes(2), TimeSpan.FromMinutes(1), Cancel));
        await scratch.KeepDocumentAsync("d/1", new byte[] { 7 }, Cancel);
        await scratch.KeepDocumentAsync("d/2", new byte[] { 8 }, Cancel);
        Assert.Equal(["d/1", "d/2"], (await scratch.ListDocumentsAsync("d/", 10, Cancel)).Select(d => d.Key));
        await scratch.KeepDocumentAsync("d/1", default, Cancel);
        Assert.Null(await scratch.FindDocumentAsync("d/1", Cancel));
        Assert.Equal([8], (await scratch.FindDocumentAsync("d/2", Cancel))!.Value.ToArray());
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        var session = await NewTenantAsync("a");
        var written = new List<Written>();
        for (var i = 0; i < 300; i += 100)
        {
            written.AddRange((await Task.WhenAll(Enumerable.Range(i, 100).Select(n => WriteAsync(session, Record(out _, ("n", $"{n}")))))).Cast<Written>());
        }

        await ReopenAsync();
        var again = Open(session.Tenant);
        var latest = await registry.Log.LatestCheckpointAsync(Cancel);
        var root = Checkpoint.Parse(latest.Text.Span).Root;
        foreach (var entry in written)
        {
            Assert.True((await registry.Log.ProveInclusionAsync(entry.Index, latest, Cancel)).Verify(entry.LeafHash, root));
            var found = await again.View.FindEntryAsync(entry.Entry.Id, Cancel);
            Assert.Equal(entry.Entry.Statement.ToArray(), found!.Entry.Statement.ToArray());
        }

        Assert.IsType<Written>(await WriteAsync(again, []));
    }
}

using System.Text;
using Aixv.Protocol.Monitoring;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Artifacts;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Proofs;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Protocol.Tests.Monitoring;

public sealed class LogMonitorTests : IDisposable
{
    private static readonly Digest Model = Digest.Of("model"u8);

    private readonly string folder = Directory.CreateTempSubdirectory("aixv-monitor-").FullName;
    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly NoteSigner signer;

    public LogMonitorTests() => signer = new NoteSigner("log.example/x", key);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReceiptTrust Trust => new([TrustedLogKey.Of(signer.Verifier, KeyLife.Unlimited)], WitnessPolicy.None);

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<SignedNote> AppendAsync(string name, params IEnumerable<byte[]> entries)
    {
        await using var log = await TileLog.OpenAsync(new FileTileStore(Path.Combine(folder, name)), signer, new TileLogOptions(), TimeProvider.System, Cancel);
        SignedNote? last = null;
        foreach (var entry in entries)
        {
            last = (await log.AppendAsync(entry, Cancel)).Checkpoint;
        }

        return last!;
    }

    private static byte[] Entry(int i) => EntryLeaf.Public(Encoding.ASCII.GetBytes($"entry {i}")).ToBytes();

    private async Task<(List<MonitorEvent> Said, MonitorState? State)> CheckAsync(
        string name, MonitorState? state = null, WatchList? watch = null, SignedNote[]? others = null, ReceiptTrust? trust = null, ulong? from = 0)
    {
        var monitor = new LogMonitor(new FolderTileSource(Path.Combine(folder, name)), trust ?? Trust, watch ?? WatchList.Empty);
        var said = new List<MonitorEvent>();
        await foreach (var one in monitor.CheckAsync(state, from, others ?? [], Cancel))
        {
            if (one is MonitorProgress progress)
            {
                state = MonitorState.Parse(Encoding.UTF8.GetBytes(progress.State.ToJson().ToJsonString()));
            }
            else
            {
                said.Add(one);
            }
        }

        return (said, state);
    }

    private static LogFaultKind FaultIn(List<MonitorEvent> said) => Assert.IsType<LogFault>(Assert.Single(said)).Kind;

    [Fact]
    public async Task A_log_that_grows_is_looked_at_once_each_entry()
    {
        await AppendAsync("log", Enumerable.Range(0, 600).Select(Entry));
        var (said, state) = await CheckAsync("log");
        Assert.Equal((600UL, 0UL), (Assert.IsType<MonitorDone>(Assert.Single(said)).Entries, ((MonitorDone)said[0]).Matches));
        await AppendAsync("log", Enumerable.Range(600, 50).Select(Entry));
        (said, state) = await CheckAsync("log", state);
        Assert.Equal(50UL, Assert.IsType<MonitorDone>(Assert.Single(said)).Entries);
        (said, _) = await CheckAsync("log", state);
        Assert.Equal(0UL, Assert.IsType<MonitorDone>(Assert.Single(said)).Entries);
    }

    [Fact]
    public async Task An_entry_of_a_watched_artifact_by_somebody_else_is_found_and_no_other()
    {
        var watch = new WatchList([], [WatchList.OfDigest(Model.ToString(), ["*@example.org"])]);
        await AppendAsync(
            "log",
            EntryLeaf.Public("a"u8, "model.attested", [Model], ["me@example.org"]).ToBytes(),
            EntryLeaf.Public("b"u8, "model.attested", [Digest.Of("other"u8)], ["thief@example.com"]).ToBytes(),
            EntryLeaf.Public("c"u8, "model.attested", [Model], ["thief@example.com"]).ToBytes(),
            EntryLeaf.Public("d"u8, "model.attested", [Model]).ToBytes(),
            EntryLeaf.Salted(new byte[32], "e"u8).ToBytes());
        var (said, _) = await CheckAsync("log", watch: watch);
        Assert.Equal([2UL, 3UL], said.OfType<EntryMatch>().Select(m => m.Index));
        Assert.Equal([Model.ToString()], said.OfType<EntryMatch>().First().Watched);
    }

    [Fact]
    public async Task A_signature_of_a_watched_identity_is_found_unless_it_is_expected()
    {
        var statement = Digest.Of("a"u8);
        await AppendAsync(
            "log",
            EntryLeaf.Public("a"u8, null, [Model], ["me@example.org"]).ToBytes(), EntryLeaf.Public("b"u8, null, [Model], ["me@example.org", "you@example.org"]).ToBytes());
        var watch = new WatchList([new WatchedIdentity("me@example.org", null, [Model.ToString(), statement.ToString()])], []);
        var (said, _) = await CheckAsync("log", watch: watch);
        Assert.Equal([1UL], said.OfType<EntryMatch>().Select(m => m.Index));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_is_no_alarm()
    {
        await AppendAsync("log", "what is this"u8.ToArray(), "{}"u8.ToArray(), "aixv-entry/v9\n"u8.ToArray(), "{\"kind\":\"rpm\",\"apiVersion\":\"1\",\"spec\":{}}"u8.ToArray(), "{\"\\ud800\":1}"u8.ToArray());
        var (said, _) = await CheckAsync("log");
        Assert.Equal(5, said.OfType<EntryUnreadable>().Count());
        Assert.Equal(5UL, Assert.IsType<MonitorDone>(said[^1]).Unreadable);
        Assert.DoesNotContain(said, s => s.IsAlarm);
    }

    [Fact]
    public async Task A_fork_is_found_and_both_checkpoints_are_shown()
    {
        var common = Enumerable.Range(0, 10).Select(Entry).ToArray();
        await AppendAsync("log", [.. common, Entry(100)]);
        await AppendAsync("fork", [.. common, Entry(200), Entry(201)]);
        await AppendAsync("same", [.. common, Entry(300)]);
        await AppendAsync("older", [.. Enumerable.Range(50, 3).Select(Entry)]);
        var (_, state) = await CheckAsync("log");
        foreach (var name in (string[])["fork", "same"])
        {
            var (said, after) = await CheckAsync(name, state);
            var fault = Assert.IsType<LogFault>(Assert.Single(said));
            Assert.Equal((LogFaultKind.Fork, state!.Note.ToString()), (fault.Kind, fault.Other!.ToString()));
            Assert.Equal(state, after);
            Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(fault.Shown!));
        }

        // A smaller tree of another history under the same name: the old tiles are gone, so it is at least a rollback.
        Assert.Equal(LogFaultKind.Rollback, FaultIn((await CheckAsync("older", state)).Said));
    }

    [Fact]
    public async Task A_log_that_is_put_back_is_found()
    {
        await AppendAsync("log", Enumerable.Range(0, 5).Select(Entry));
        var before = await File.ReadAllBytesAsync(Path.Combine(folder, "log", "checkpoint"), Cancel);
        await AppendAsync("log", Enumerable.Range(5, 5).Select(Entry));
        var (_, state) = await CheckAsync("log");
        await File.WriteAllBytesAsync(Path.Combine(folder, "log", "checkpoint"), before, Cancel);
        var (said, after) = await CheckAsync("log", state);
        Assert.Equal(LogFaultKind.Rollback, FaultIn(said));
        Assert.Equal(state, after);
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_else_was_shown_uncovers_a_split_view()
    {
        await AppendAsync("log", Enumerable.Range(0, 10).Select(Entry));
        var same = await AppendAsync("copy", Enumerable.Range(0, 5).Select(Entry));
        var other = await AppendAsync("fork", Enumerable.Range(20, 5).Select(Entry));
        var later = await AppendAsync("later", Enumerable.Range(0, 15).Select(Entry));
        using var stranger = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var foreign = new NoteSigner("log.example/x", stranger).Sign(other.Text);
        var (said, _) = await CheckAsync("log", others: [same, later, foreign, other]);
        Assert.Equal([typeof(CheckpointUndecided), typeof(CheckpointUndecided), typeof(LogFault)], said.Select(s => s.GetType()));
        Assert.Equal(LogFaultKind.Fork, ((LogFault)said[2]).Kind);
    }

    [Fact]
    public async Task Checkpoints_that_cannot_be_believed_are_faults()
    {
        await AppendAsync("log", Entry(0));
        using var stranger = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var unknown = new ReceiptTrust([TrustedLogKey.Of(new NoteSigner("log.example/x", stranger).Verifier, KeyLife.Unlimited)], WitnessPolicy.None);
        Assert.Equal(LogFaultKind.NotSigned, FaultIn((await CheckAsync("log", trust: unknown)).Said));
        var witness = new CosignatureSigner("w", stranger, TimeProvider.System).Verifier;
        Assert.Equal(LogFaultKind.WitnessMissing, FaultIn((await CheckAsync("log", trust: Trust with { Witnesses = new([witness], 1) })).Said));
        var (_, state) = await CheckAsync("log");
        var checkpoint = Path.Combine(folder, "log", "checkpoint");
        await File.WriteAllBytesAsync(checkpoint, new NoteSigner("other", key).Sign(new Checkpoint("other", 1, default, []).ToText()).ToBytes(), Cancel);
        Assert.Equal(LogFaultKind.AnotherLog, FaultIn((await CheckAsync("log", state)).Said));
        await File.WriteAllTextAsync(checkpoint, "<html>", Cancel);
        Assert.Equal(LogFaultKind.Malformed, FaultIn((await CheckAsync("log", state)).Said));
        await File.WriteAllBytesAsync(checkpoint, signer.Sign(new Checkpoint("log.example/x", ulong.MaxValue, default, []).ToText()).ToBytes(), Cancel);
        Assert.Equal(LogFaultKind.Malformed, FaultIn((await CheckAsync("log", state)).Said));
    }

    [Fact]
    public async Task An_entry_that_is_not_the_one_that_was_signed_is_a_fault()
    {
        await AppendAsync("log", Enumerable.Range(0, 10).Select(Entry));
        var bundle = Path.Combine(folder, "log", "tile", "entries", "000.p", "10");
        var bytes = await File.ReadAllBytesAsync(bundle, Cancel);
        bytes[^2] ^= 1;
        await File.WriteAllBytesAsync(bundle, bytes, Cancel);
        Assert.Equal(LogFaultKind.Broken, FaultIn((await CheckAsync("log")).Said));
        var tile = Path.Combine(folder, "log", "tile", "0", "000.p", "10");
        await File.WriteAllBytesAsync(tile, new byte[320], Cancel);
        Assert.Equal(LogFaultKind.Broken, FaultIn((await CheckAsync("log")).Said));
    }

    [Fact]
    public async Task The_past_can_be_left_out_and_nothing_at_all_be_read()
    {
        await AppendAsync("log", Enumerable.Range(0, 10).Select(Entry));
        Assert.Equal(0UL, Assert.IsType<MonitorDone>((await CheckAsync("log", from: null)).Said[^1]).Entries);
        Assert.Equal(3UL, Assert.IsType<MonitorDone>((await CheckAsync("log", from: 7)).Said[^1]).Entries);
        Assert.Equal(0UL, Assert.IsType<MonitorDone>((await CheckAsync("log", from: 70)).Said[^1]).Entries);
        await Assert.ThrowsAsync<FileNotFoundException>(() => CheckAsync("nowhere"));
    }
}

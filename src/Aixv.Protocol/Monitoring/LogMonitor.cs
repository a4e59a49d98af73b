using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Aixv.Protocol.Receipts;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;

namespace Aixv.Protocol.Monitoring;

/// <summary>Follows a C2SP tlog-tiles log: it only ever grows, and what it holds is what it signed; and who appears in it.</summary>
public sealed class LogMonitor
{
    private const ulong ProgressEvery = 4096;
    private const int MaximumUnreadableShown = 100;

    private readonly ITileSource source;
    private readonly ReceiptTrust trust;
    private readonly WatchList watch;

    /// <param name="source">The log's files.</param>
    /// <param name="trust">The log's keys, and witnesses.</param>
    public LogMonitor(ITileSource source, ReceiptTrust trust, WatchList watch)
    {
        this.source = source;
        this.trust = trust;
        this.watch = watch;
    }

    /// <summary>Checks the log as it is now against what was seen before, and looks at what is new.</summary>
    /// <param name="state">How far it was; null the first time.</param>
    /// <param name="from">The first entry to look at when there is no state; null for those to come.</param>
    /// <param name="others">Checkpoints of this log that others saw.</param>
    /// <returns>What there is to say; the last is <see cref="MonitorDone"/> unless the log is at fault.</returns>
    /// <exception cref="IOException">The files cannot be read: nothing is known.</exception>
    /// <exception cref="HttpRequestException">The same of a server.</exception>
    public async IAsyncEnumerable<MonitorEvent> CheckAsync(
        MonitorState? state, ulong? from, IReadOnlyList<SignedNote> others, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var bytes = await source.ReadAsync(ITileStore.CheckpointPath, cancellationToken).ConfigureAwait(false)
            ?? throw new FileNotFoundException("log: there is no checkpoint; is this the address of a log?");
        var (note, fault) = Judge(bytes.Span, state);
        if (note is null)
        {
            yield return fault!;
            yield break;
        }

        var tree = Checkpoint.Parse(note.Text.Span);
        var (reader, broken) = await TryAsync(() => TileReader.OpenAsync(source, tree, cancellationToken), tree.Origin, note).ConfigureAwait(false);
        broken ??= state is null ? null : await CompareAsync(reader!, note, state.Note, cancellationToken).ConfigureAwait(false);
        if (broken is not null)
        {
            yield return broken;
            yield break;
        }

        var isForked = false;
        foreach (var other in others)
        {
            if (await CompareWithAsync(reader!, note, other, cancellationToken).ConfigureAwait(false) is { } said)
            {
                isForked |= said.IsAlarm;
                yield return said;
            }
        }

        if (isForked)
        {
            yield break;
        }

        await foreach (var said in ScanAsync(reader!, new MonitorState(note, state?.Scanned ?? Math.Min(from ?? tree.Size, tree.Size)), cancellationToken).ConfigureAwait(false))
        {
            yield return said;
        }
    }

    private async IAsyncEnumerable<MonitorEvent> ScanAsync(TileReader reader, MonitorState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (origin, first) = (reader.Checkpoint.Origin, state.Scanned);
        var (matches, unreadable) = (0UL, 0UL);
        yield return new MonitorProgress(origin, state);
        var entries = reader.ReadEntriesAsync(first, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = entries.ConfigureAwait(false);
        for (var index = first; index < reader.Checkpoint.Size; index++)
        {
            var (isThere, broken) = await TryAsync(async () => await entries.MoveNextAsync().ConfigureAwait(false), origin, state.Note).ConfigureAwait(false);
            if (broken is not null || !isThere)
            {
                yield return broken ?? new LogFault(origin, LogFaultKind.Broken, $"entry {index} is missing", state.Note);
                yield break;
            }

            var said = Look(origin, index, entries.Current);
            if (said is EntryMatch)
            {
                matches++;
                yield return said;
            }
            else if (said is not null && ++unreadable <= MaximumUnreadableShown)
            {
                yield return said;
            }

            if ((index + 1 - first) % ProgressEvery == 0)
            {
                yield return new MonitorProgress(origin, state with { Scanned = index + 1 });
            }
        }

        yield return new MonitorProgress(origin, state with { Scanned = reader.Checkpoint.Size });
        yield return new MonitorDone(origin, reader.Checkpoint, reader.Checkpoint.Size - first, matches, unreadable);
    }

    private MonitorEvent? Look(string origin, ulong index, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var entry = MonitoredEntry.Parse(bytes);
            return watch.Alarms(entry).ToImmutableArray() is { IsEmpty: false } watched ? new EntryMatch(origin, index, entry, watched) : null;
        }
        catch (FormatException e)
        {
            return new EntryUnreadable(origin, index, e.Message);
        }
    }

    /// <summary>Whether what the log publishes is a checkpoint that a trusted key signed, of the log that was meant.</summary>
    private (SignedNote? Note, LogFault? Fault) Judge(ReadOnlySpan<byte> bytes, MonitorState? state)
    {
        if (!SignedNote.TryParse(bytes, out var note, out var error) || !Checkpoint.TryParse(note.Text.Span, out var tree, out error))
        {
            return (null, new LogFault(state?.Checkpoint.Origin ?? "", LogFaultKind.Malformed, error));
        }

        if (tree.Size > MonitorState.MaximumSize)
        {
            return (null, new LogFault(tree.Origin, LogFaultKind.Malformed, Text($"a tree of {tree.Size} entries, at most {MonitorState.MaximumSize} can be followed"), note));
        }

        LogFault Fault(LogFaultKind kind, string detail) => new(tree.Origin, kind, detail, note, state?.Note);
        if (state is not null && tree.Origin != state.Checkpoint.Origin)
        {
            return (null, Fault(LogFaultKind.AnotherLog, $"the saved state is of {state.Checkpoint.Origin}"));
        }

        if (!IsSigned(note, tree.Origin))
        {
            return (null, Fault(LogFaultKind.NotSigned, $"no trusted key of {tree.Origin} signed the checkpoint"));
        }

        var witnesses = trust.Witnesses.Find(note).Length;
        return witnesses < trust.Witnesses.Required
            ? (null, Fault(LogFaultKind.WitnessMissing, $"{witnesses} trusted witnesses cosigned the checkpoint, {trust.Witnesses.Required} are asked for"))
            : (note, null);
    }

    private bool IsSigned(SignedNote note, string origin) =>
        trust.Logs.Any(log => IsOf(log, origin) && log.Verifier.Check(note) == NoteVerdict.Valid);

    /// <summary>Rekor v1 appends its tree's id to the name.</summary>
    private static bool IsOf(TrustedLogKey log, string origin) =>
        log.Origins.Any(name => origin == name || origin.StartsWith(name + " - ", StringComparison.Ordinal));

    /// <summary>Whether the tree that is shown extends the one that was seen.</summary>
    private async Task<LogFault?> CompareAsync(TileReader reader, SignedNote note, SignedNote seen, CancellationToken cancellationToken)
    {
        var (tree, old) = (reader.Checkpoint, Checkpoint.Parse(seen.Text.Span));
        if (tree.Size >= old.Size)
        {
            return await CompareRootAsync(reader, note, seen, cancellationToken).ConfigureAwait(false);
        }

        // An older tree of the same history is a mirror that lags, or a log put back; of another one, a fork.
        return await RootOfOlderAsync(old, tree.Size, cancellationToken).ConfigureAwait(false) is { } root && root != tree.Root
            ? Fork(note, seen)
            : new LogFault(tree.Origin, LogFaultKind.Rollback, Text($"it shows {tree.Size} entries and had {old.Size}"), note, seen);
    }

    /// <summary>The root that the tree which was seen had at a smaller size; null where its tiles are gone.</summary>
    private async Task<MerkleHash?> RootOfOlderAsync(Checkpoint seen, ulong size, CancellationToken cancellationToken)
    {
        try
        {
            var reader = await TileReader.OpenAsync(source, seen, cancellationToken).ConfigureAwait(false);
            return await reader.RootAtAsync(size, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<LogFault?> CompareRootAsync(TileReader reader, SignedNote note, SignedNote smaller, CancellationToken cancellationToken)
    {
        var old = Checkpoint.Parse(smaller.Text.Span);
        var (root, broken) = await TryAsync(() => reader.RootAtAsync(old.Size, cancellationToken), old.Origin, note).ConfigureAwait(false);
        return broken ?? (root == old.Root ? null : Fork(note, smaller));
    }

    private async Task<MonitorEvent?> CompareWithAsync(TileReader reader, SignedNote note, SignedNote other, CancellationToken cancellationToken)
    {
        var origin = reader.Checkpoint.Origin;
        if (!Checkpoint.TryParse(other.Text.Span, out var foreign, out _) || foreign.Origin != origin || !IsSigned(other, origin))
        {
            return new CheckpointUndecided(origin, "a checkpoint to compare with is not this log's");
        }

        return foreign.Size > reader.Checkpoint.Size
            ? new CheckpointUndecided(origin, Text($"a checkpoint to compare with has {foreign.Size} entries, the log shows {reader.Checkpoint.Size}"))
            : await CompareRootAsync(reader, note, other, cancellationToken).ConfigureAwait(false);
    }

    private static LogFault Fork(SignedNote note, SignedNote other)
    {
        var (tree, old) = (Checkpoint.Parse(note.Text.Span), Checkpoint.Parse(other.Text.Span));
        return new LogFault(tree.Origin, LogFaultKind.Fork, Text($"its trees of {tree.Size} and {old.Size} entries are of two histories"), note, other);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the log does not confirm is the log's fault; what cannot be read is not known.</summary>
    private static async Task<(T? Value, LogFault? Fault)> TryAsync<T>(Func<Task<T>> read, string origin, SignedNote note)
    {
        try
        {
            return (await read().ConfigureAwait(false), null);
        }
        catch (InvalidDataException e)
        {
            return (default, new LogFault(origin, LogFaultKind.Broken, e.Message, note));
        }
    }
}

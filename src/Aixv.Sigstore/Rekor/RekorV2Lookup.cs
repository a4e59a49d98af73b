using System.Globalization;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Sigstore.Rekor;

/// <summary>Makes the entry of an index from the log's tiles, for Rekor v2 itself hands an entry out only once, when it is added.</summary>
internal sealed class RekorV2Lookup(ServiceTransport transport, Uri baseUrl, IReadOnlyList<TrustedLog> trusted)
{
    private const int CheckpointReads = 10;
    private readonly RekorV2Tiles tiles = new(transport, baseUrl);

    /// <summary>The entry at <paramref name="index"/>, with its proof up to the newest checkpoint.</summary>
    /// <exception cref="SigningException">The trusted root does not name the log.</exception>
    /// <exception cref="HttpRequestException">The tiles cannot be had, or do not fit the checkpoint.</exception>
    internal async Task<LogEntry> FindAsync(ulong index, CancellationToken cancellationToken)
    {
        try
        {
            var note = await ReadCheckpointAsync(index, cancellationToken).ConfigureAwait(false);
            var reader = await TileReader.OpenAsync(tiles, Checkpoint.Parse(note.Text.Span), cancellationToken).ConfigureAwait(false);
            var body = await reader.ReadEntryAsync(index, cancellationToken).ConfigureAwait(false);
            var proof = await reader.ProveInclusionAsync(index, reader.Checkpoint.Size, cancellationToken).ConfigureAwait(false);
            var kind = ProtoObject.Parse(body, EntryBundle.MaximumEntry);
            return new LogEntry
            {
                LogIndex = (long)index,
                LogId = LogIdOf(note),
                Kind = kind.RequiredText("kind"),
                Version = kind.RequiredText("apiVersion"),
                Inclusion = new LogInclusion(
                    (long)index,
                    (long)proof.TreeSize,
                    reader.Checkpoint.Root.ToArray(),
                    [.. proof.Hashes.Select(hash => (ReadOnlyMemory<byte>)hash.ToArray())],
                    note.ToString()),
                CanonicalizedBody = body,
            };
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or FileNotFoundException or OverflowException)
        {
            throw new HttpRequestException(
                HttpRequestError.InvalidResponse, string.Create(CultureInfo.InvariantCulture, $"Rekor at {baseUrl}: entry {index} cannot be read: {e.Message}"), e);
        }
    }

    /// <summary>A checkpoint that covers the entry: one that was just added may not be covered yet.</summary>
    private async Task<SignedNote> ReadCheckpointAsync(ulong index, CancellationToken cancellationToken)
    {
        for (var reads = 1; ; reads++)
        {
            var bytes = await tiles.ReadAsync(ITileStore.CheckpointPath, cancellationToken).ConfigureAwait(false)
                ?? throw new FormatException("the log has no checkpoint");
            var note = SignedNote.Parse(bytes.Span);
            if (Checkpoint.Parse(note.Text.Span).Size > index)
            {
                return note;
            }

            if (reads == CheckpointReads)
            {
                throw new FormatException("no checkpoint covers it yet");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), transport.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Which log it is, by who signed the checkpoint; whether the signature holds is the verifier's affair.</summary>
    private ReadOnlyMemory<byte> LogIdOf(SignedNote note) =>
        trusted.FirstOrDefault(log => note.Signatures.Any(s => log.Names.Contains(s.Name) && log.CheckpointKeyId.Span[..4].SequenceEqual(s.KeyId.Span)))?.LogId
        ?? throw new SigningException($"Rekor at {baseUrl}: the trusted root does not name this log");
}

using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>Takes advisories from a feed into a store, each after its signature was verified. Memory does not grow with the feed.</summary>
public sealed class FeedSync(RecordStore store, Verifier verifier, ReferenceFetcher fetcher, TimeProvider time)
{
    private readonly RecordVerifier records = new(verifier);

    /// <exception cref="FeedRefusedException">The feed as a whole is not to be believed: expired, older than one before, not signed where it was.</exception>
    /// <exception cref="FormatException">Not a feed, too large, or an address that is not https.</exception>
    /// <exception cref="HttpRequestException">The feed cannot be fetched.</exception>
    public async Task<FeedSyncResult> RunAsync(FeedSyncRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Directory.CreateDirectory(store.Root);
        var state = SyncState.Load(store.Root);
        var now = time.GetUtcNow();
        if (state.SyncedAt is { } last && now < last - request.ClockSkew)
        {
            throw new FeedRefusedException($"the clock was set back: it is {now.ToText()}, and the last synchronisation was at {last.ToText()}");
        }

        // The file has no name, so nothing is left behind however this ends.
        var spool = new FileStream(
            Path.Combine(Path.GetTempPath(), $"aixv-feed-{Guid.NewGuid():N}.tmp"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        await using (spool.ConfigureAwait(false))
        {
            await fetcher.CopyAsync(request.Feed, spool, request.MaximumBytes, cancellationToken).ConfigureAwait(false);
            var stated = ReadHeader(Rewound(spool), request.MaximumEntries);
            var digest = new ArtifactDigests(await DigestAsync(Rewound(spool), cancellationToken).ConfigureAwait(false));
            var snapshot = await VerifySnapshotAsync(request, stated, digest, state, now, cancellationToken).ConfigureAwait(false);
            var results = new List<FeedEntryResult>();
            try
            {
                var parts = new FeedParts(Rewound(spool));
                while (parts.Next() is { } part)
                {
                    if (part.Name == "entries")
                    {
                        results.Add(await ImportAsync(request, part.Json, results.Count, state, now, cancellationToken).ConfigureAwait(false));
                    }
                }

                if (snapshot is not null)
                {
                    state.Accept(request.Feed.ToString(), snapshot);
                }
            }
            finally
            {
                using (await StoreLock.AcquireAsync(store.Root, CancellationToken.None).ConfigureAwait(false))
                {
                    state.Save(store.Root, now);
                }
            }

            return new FeedSyncResult(request.Feed.ToString(), snapshot, [.. results]);
        }
    }

    private static FileStream Rewound(FileStream stream)
    {
        stream.Position = 0;
        return stream;
    }

    private static async Task<Digest> DigestAsync(Stream stream, CancellationToken cancellationToken) =>
        Digest.FromBytes(await System.Security.Cryptography.SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the whole feed once, so that a broken or an endless one is refused before anything of it is imported.</summary>
    private static FeedSnapshot? ReadHeader(Stream feed, int maximumEntries)
    {
        var header = new JsonObject { ["entries"] = new JsonArray() };
        var parts = new FeedParts(feed);
        var count = 0;
        while (parts.Next() is { } part)
        {
            if (part.Name == "entries")
            {
                count++;
                if (count > maximumEntries)
                {
                    throw new FormatException($"advisory feed: more than {maximumEntries} entries, which is the most that is read");
                }
            }
            else
            {
                header[part.Name] = JsonNode.Parse(part.Json);
            }
        }

        if (!parts.HasMember("entries"))
        {
            header.Remove("entries");
        }

        var json = AdvisoryFeed.Shape.Read(header, "advisory feed");
        return json["snapshot"] is JsonObject snapshot ? FeedSnapshot.Read(snapshot) : null;
    }

    private async Task<FeedSnapshot?> VerifySnapshotAsync(
        FeedSyncRequest request, FeedSnapshot? stated, ArtifactDigests feed, SyncState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = state.SnapshotOf(request.Feed.ToString());
        if (stated is null)
        {
            return request.RequireSnapshot || before is not null
                ? throw new FeedRefusedException(before is null
                    ? "the advisory feed carries no snapshot, and one is required"
                    : $"the advisory feed carries no snapshot, and it did before (number {before.Number})")
                : null;
        }

        var reference = request.Feed.Signature();
        byte[] bundle;
        try
        {
            bundle = await fetcher.ReadAsync(reference, Bundle.MaximumBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or HttpRequestException { StatusCode: System.Net.HttpStatusCode.NotFound })
        {
            throw new FeedRefusedException($"the advisory feed carries a snapshot and is not signed: {reference} is not there");
        }

        if (request.Trusted.Verify(verifier, bundle, feed) is Rejected rejected)
        {
            throw new FeedRefusedException($"the advisory feed's signature is refused: expected {rejected.Expected}, found {rejected.Found}");
        }

        RequireCurrent(stated, before, now, request.ClockSkew);
        return stated;
    }

    private static void RequireCurrent(FeedSnapshot stated, FeedSnapshot? before, DateTimeOffset now, TimeSpan skew)
    {
        if (before is not null && stated.Number < before.Number)
        {
            throw new FeedRefusedException($"advisory feed rollback detected: snapshot {stated.Number}, and {before.Number} was accepted before");
        }

        if (now > stated.ExpiresAt + skew)
        {
            throw new FeedRefusedException(
                $"advisory feed snapshot {stated.Number} expired {stated.ExpiresAt.ToText()}: the feed is frozen or withheld, and what happened since is not known");
        }

        if (stated.IssuedAt > now + skew)
        {
            throw new FeedRefusedException($"advisory feed snapshot {stated.Number} was issued {stated.IssuedAt.ToText()}, which is later than the clock, {now.ToText()}");
        }
    }

    private async Task<FeedEntryResult> ImportAsync(
        FeedSyncRequest request, byte[] json, int index, SyncState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string? id = null;
        try
        {
            var entry = FeedEntry.Read(json);
            var record = await BytesAsync(request, entry.Record, SignedRecord.MaximumBytes, cancellationToken).ConfigureAwait(false);
            var bundle = await BytesAsync(request, entry.Bundle, Bundle.MaximumBytes, cancellationToken).ConfigureAwait(false);
            var verification = records.Verify(record, bundle, request.Trusted, RecordKinds.Advisory);
            if (verification is not VerifiedRecord verified)
            {
                return Rejected(((RejectedRecord)verification).Message);
            }

            id = Advisory.Read(verified.Record.Payload).Id;
            if (verified.IntegratedTime is not { } signed)
            {
                return Rejected("the signature has no verified time, so whether it is news is not known: sign with a log or a timestamp authority");
            }

            var digest = Digest.Of(record).ToString();
            if (WhyStale(request, signed, state.LastOf(id), digest, now) is { } stale)
            {
                return stale.Length == 0 ? new FeedEntryResult(index, FeedEntryStatus.Unchanged, id, null, null) : Rejected(stale);
            }

            var stored = await store.ImportAsync(record, bundle, cancellationToken).ConfigureAwait(false);
            state.Accept(id, SyncState.Millisecond(signed), digest);
            return new FeedEntryResult(index, stored.IsNew ? FeedEntryStatus.Imported : FeedEntryStatus.Unchanged, id, stored.Path, null);
        }
        catch (Exception e) when (e is FormatException or RecordConflictException or HttpRequestException or FileNotFoundException or DirectoryNotFoundException)
        {
            return Rejected(e.Message);
        }

        FeedEntryResult Rejected(string error) => new(index, FeedEntryStatus.Rejected, id, null, error);
    }

    /// <summary>Null when it is news, empty when it is known and that is accepted, else what is wrong.</summary>
    private static string? WhyStale(
        FeedSyncRequest request, DateTimeOffset signed, (DateTimeOffset Time, string? RecordDigest)? last, string digest, DateTimeOffset now)
    {
        if (last is { } known && SyncState.Millisecond(signed) <= known.Time)
        {
            return request.AllowUnchanged && known.RecordDigest == digest ? "" : "advisory replay/stale update detected: integrated_time did not advance";
        }

        if (signed > now + request.ClockSkew)
        {
            return $"advisory bundle of {signed.ToText()} is later than the clock, {now.ToText()}";
        }

        return request.MaxBundleAgeDays is { } days && now - signed > TimeSpan.FromDays(days) + request.ClockSkew
            ? $"advisory bundle of {signed.ToText()} is {(int)(now - signed).TotalDays} days old, at most {days} are allowed"
            : null;
    }

    private async Task<byte[]> BytesAsync(FeedSyncRequest request, JsonNode part, int maximumBytes, CancellationToken cancellationToken) => part is JsonObject inPlace
        ? FeedEntry.ToFile(inPlace)
        : await fetcher.ReadAsync(request.Feed.Resolve(part.GetValue<string>()), maximumBytes, cancellationToken).ConfigureAwait(false);
}

using Aixv.Track.Indexing;

namespace Aixv.Track.Storage;

/// <summary><see cref="IScratch"/> with SQL that SQLite and PostgreSQL both understand.</summary>
internal sealed class SqlScratch(ISqlSource source, ISqlWrites writes) : IScratch
{
    public async ValueTask<StoredAnswer?> FindAnswerAsync(Realm realm, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(Realms.Only(realm), cancellationToken);
        const string Sql = "SELECT fingerprint,status,content_type,body,expires FROM answers WHERE realm=@p0 AND name=@p1 AND expires>@p2";
        await using var rows = await session.Command(Sql, realm.Number, SqlKey.Of(key), now.ToUnixTimeMilliseconds()).ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new StoredAnswer(
                rows.GetFieldValue<byte[]>(0), rows.GetInt32(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4)))
            : null;
    }

    /// <remarks>The row that is there stays, unless it is past its time.</remarks>
    public async ValueTask KeepAnswerAsync(Realm realm, string key, StoredAnswer answer, DateTimeOffset now, CancellationToken cancellationToken) => await RunAsync(
        "INSERT INTO answers VALUES(@p0,@p1,@p2,@p3,@p4,@p5,@p6) ON CONFLICT(realm,name) DO UPDATE SET fingerprint=excluded.fingerprint,"
        + "status=excluded.status,content_type=excluded.content_type,body=excluded.body,expires=excluded.expires WHERE answers.expires<=@p7",
        [
            realm.Number, SqlKey.Of(key), answer.Fingerprint.ToArray(), answer.Status, answer.ContentType, answer.Body.ToArray(),
            answer.Expires.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds(),
        ],
        cancellationToken);

    public ValueTask<int> ForgetAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync("DELETE FROM answers WHERE expires<=@p0", [now.ToUnixTimeMilliseconds()], cancellationToken);

    public async ValueTask<DateTimeOffset?> FindLastUsedAsync(TrackId key, CancellationToken cancellationToken) =>
        await FindNumberAsync("SELECT used FROM key_uses WHERE id=@p0", key.ToBytes(), cancellationToken) is { } used
            ? DateTimeOffset.FromUnixTimeMilliseconds(used)
            : null;

    public async ValueTask KeepLastUsedAsync(IReadOnlyDictionary<TrackId, DateTimeOffset> uses, CancellationToken cancellationToken) =>
        await writes.RunAsync(
            async session =>
            {
                const string Sql = "INSERT INTO key_uses VALUES(@p0,@p1) ON CONFLICT(id) DO UPDATE SET used=excluded.used WHERE excluded.used>key_uses.used";
                foreach (var (key, used) in uses)
                {
                    await session.Command(Sql, key.ToBytes(), used.ToUnixTimeMilliseconds()).ExecuteNonQueryAsync(cancellationToken);
                }

                return true;
            },
            cancellationToken);

    public async ValueTask<long> FindPositionAsync(string follower, CancellationToken cancellationToken) =>
        await FindNumberAsync("SELECT position FROM positions WHERE name=@p0", follower, cancellationToken) ?? 0;

    public async ValueTask KeepPositionAsync(string follower, long position, CancellationToken cancellationToken) => await RunAsync(
        "INSERT INTO positions VALUES(@p0,@p1) ON CONFLICT(name) DO UPDATE SET position=excluded.position", [follower, position], cancellationToken);

    public async ValueTask<bool> TryLeaseAsync(string work, string node, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
        await RunAsync(
            "INSERT INTO leases VALUES(@p0,@p1,@p2) ON CONFLICT(name) DO UPDATE SET owner=excluded.owner,until=excluded.until "
            + "WHERE leases.owner=excluded.owner OR leases.until<=@p3",
            [work, node, (now + duration).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds()],
            cancellationToken) > 0;

    public async ValueTask<ReadOnlyMemory<byte>?> FindDocumentAsync(string name, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(Realms.EveryTenant, cancellationToken);
        return await session.Command("SELECT content FROM documents WHERE name=@p0", name).ExecuteScalarAsync(cancellationToken) is byte[] content
            ? content
            : default(ReadOnlyMemory<byte>?);
    }

    public async ValueTask KeepDocumentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => await (content.IsEmpty
        ? RunAsync("DELETE FROM documents WHERE name=@p0", [name], cancellationToken)
        : RunAsync(
            "INSERT INTO documents VALUES(@p0,@p1) ON CONFLICT(name) DO UPDATE SET content=excluded.content", [name, content.ToArray()], cancellationToken));

    public async ValueTask<IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>>> ListDocumentsAsync(
        string prefix, int limit, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(Realms.EveryTenant, cancellationToken);
        const string Sql = "SELECT name,content FROM documents WHERE name>=@p0 AND name<@p1 ORDER BY name LIMIT @p2";
        await using var rows = await session.Command(Sql, prefix, prefix + "\U0010FFFF", limit).ExecuteReaderAsync(cancellationToken);
        var found = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new(rows.GetString(0), rows.GetFieldValue<byte[]>(1)));
        }

        return found;
    }

    private async ValueTask<long?> FindNumberAsync(string sql, object value, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(Realms.EveryTenant, cancellationToken);
        return await session.Command(sql, value).ExecuteScalarAsync(cancellationToken) as long?;
    }

    private ValueTask<int> RunAsync(string sql, object[] values, CancellationToken cancellationToken) => writes.RunAsync(
        async session => await session.Command(sql, values).ExecuteNonQueryAsync(cancellationToken), cancellationToken);
}

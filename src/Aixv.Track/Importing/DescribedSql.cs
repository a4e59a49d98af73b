using System.Data.Common;
using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>Reads described nodes with SQL that SQLite and PostgreSQL both understand.</summary>
/// <remarks>Words and keys of what everybody sees are in the public realm alone; whose rows are seen is decided by the rows themselves.</remarks>
internal sealed class DescribedSql(ISqlSource source)
{
    public const string Columns = "d.id,d.realm,d.is_public,d.source,d.node,d.digest,d.name,d.kind,d.rank,d.links,d.properties";
    private const int MaximumOfKey = 32;

    public static DescribedRow Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2) != 0, row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5),
        row.GetString(6), row.GetString(7), row.GetInt32(8), row.GetFieldValue<byte[]>(9), row.GetString(10));

    private ValueTask<SqlSession> OpenAsync(Realms realms, CancellationToken cancellationToken) =>
        source.OpenAsync(realms.IsEverything || realms.AndPublic ? realms : Realms.OwnAndPublic(realms.Own), cancellationToken);

    /// <summary>What is said of nodes, by key or digest: of each all that is seen, the newest first.</summary>
    public async ValueTask<IReadOnlyDictionary<NodeKey, IReadOnlyList<Described>>> FindAsync(
        Realms realms, IReadOnlyCollection<NodeKey> nodes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<NodeKey, IReadOnlyList<Described>>(nodes.Count);
        await using var session = await OpenAsync(realms, cancellationToken);
        foreach (var node in nodes)
        {
            var rows = new List<DescribedRow>();
            await AddAsync(session, realms, DescribedRow.HashOf(node.Bytes.Span), row => node.Bytes.Span.SequenceEqual(row.Node), rows, cancellationToken);
            if (node.Digest is { } digest)
            {
                var wanted = digest.ToBytes();
                await AddAsync(session, realms, DescribedRow.HashOf(digest), row => wanted.AsSpan().SequenceEqual(row.Digest), rows, cancellationToken);
            }

            if (rows.Count > 0)
            {
                found[node] = [.. rows.DistinctBy(row => row.Id).OrderByDescending(row => row.Id).Select(row => row.ToDescribed())];
            }
        }

        return found;
    }

    /// <summary>The nodes with this slug, the most used first.</summary>
    public async ValueTask<IReadOnlyList<Described>> FindBySlugAsync(Realms realms, string slug, CancellationToken cancellationToken)
    {
        var rows = new List<DescribedRow>();
        await using var session = await OpenAsync(realms, cancellationToken);
        await AddAsync(session, realms, DescribedWords.HashOfSlug(slug), row => DescribedWords.SlugOf(row.Name) == slug, rows, cancellationToken);
        return [.. rows.OrderBy(row => row.Rank).ThenByDescending(row => row.Id).Select(row => row.ToDescribed())];
    }

    private static async ValueTask AddAsync(
        SqlSession session, Realms realms, long hash, Func<DescribedRow, bool> isWanted, List<DescribedRow> rows, CancellationToken cancellationToken)
    {
        var sql = $"SELECT {Columns} FROM described_keys k JOIN described d ON d.id=k.id WHERE {Homes(realms, "k")}k.hash=@p1 AND {RealmFilter.OfRows(realms, "d")} ORDER BY k.id DESC LIMIT {MaximumOfKey}";
        await using var reader = await session.Command(sql, realms.Own.Number, hash).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (Read(reader) is var row && isWanted(row))
            {
                rows.Add(row);
            }
        }
    }

    /// <summary>The realms in which a reader's words and keys are.</summary>
    private static string Homes(Realms realms, string table) => realms.IsEverything ? "" : $"{table}.realm IN (0,@p0) AND ";

    /// <summary>The most used nodes whose name has every word of a text, the last word perhaps only begun.</summary>
    public async ValueTask<IReadOnlyList<Described>> SearchAsync(Realms realms, string text, int limit, CancellationToken cancellationToken)
    {
        var words = DescribedWords.Of(text);
        if (words.Count == 0 || limit <= 0)
        {
            return [];
        }

        await using var session = await OpenAsync(realms, cancellationToken);
        return await new DescribedSearch(session, realms, words, limit).RunAsync(cancellationToken);
    }

    /// <summary>How many are seen.</summary>
    public async ValueTask<long> CountAsync(Realms realms, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(realms, cancellationToken);
        return (long)(await session.Command($"SELECT count(*) FROM described d WHERE {RealmFilter.OfRows(realms, "d")}", realms.Own.Number).ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>All rows from an id on, in order: what the graph in memory is loaded from. Only id, realm, publicity, source, node, digest and links are read.</summary>
    public async ValueTask<IReadOnlyList<DescribedRow>> ReadAsync(long from, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<DescribedRow>();
        await using var session = await source.OpenAsync(Realms.EveryTenant, cancellationToken);
        await using var reader = await session.Command(
            "SELECT d.id,d.realm,d.is_public,d.source,d.node,d.digest,d.links FROM described d WHERE d.id>=@p0 ORDER BY d.id LIMIT @p1", from, limit).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new DescribedRow(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2) != 0, reader.GetString(3), reader.GetFieldValue<byte[]>(4),
                reader.GetFieldValue<byte[]>(5), "", "", 0, reader.GetFieldValue<byte[]>(6), ""));
        }

        return rows;
    }
}

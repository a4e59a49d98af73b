using Aixv.Track.Indexing;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Importing;

/// <summary>Writes described nodes in SQLite, one by one in the log's order.</summary>
internal sealed class SqliteDescribedWriter(SqliteConnection connection) : IDisposable
{
    /// <summary>An import touches many pages again and again: room for them, and less often a checkpoint, write each less often.</summary>
    private const string ForImports = "PRAGMA cache_size=-196608; PRAGMA wal_autocheckpoint=32000;";

    private bool isPrepared;

    private readonly SqliteStatement find = new(
        connection,
        "SELECT d.id,d.realm,d.is_public,d.source,d.node,d.digest,d.name,d.kind,d.rank,d.links,d.properties FROM described_keys k JOIN described d ON d.id=k.id "
        + "WHERE k.realm IN (0,?1) AND k.hash=?2 AND d.realm=?1 AND d.source=?3 AND d.node=?4");

    private readonly SqliteStatement add = new(connection, "INSERT INTO described VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)");
    private readonly SqliteStatement addWord = new(connection, "INSERT OR IGNORE INTO described_words VALUES(?1,?2,?3,?4)");
    private readonly SqliteStatement addKey = new(connection, "INSERT OR IGNORE INTO described_keys VALUES(?1,?2,?3)");
    private readonly SqliteStatement remove = new(connection, "DELETE FROM described WHERE id=?1");
    private readonly SqliteStatement removeWord = new(connection, "DELETE FROM described_words WHERE realm=?1 AND word=?2 AND rank=?3 AND id=?4");
    private readonly SqliteStatement removeKey = new(connection, "DELETE FROM described_keys WHERE realm=?1 AND hash=?2 AND id=?3");

    /// <summary>Adds descriptions, each in place of the one that the same source gave before; where nothing new is said, that one stays.</summary>
    /// <param name="rows">What one entry describes, in its order.</param>
    public void Add(IEnumerable<DescribedRow> rows)
    {
        Prepare();
        var nodes = new HashSet<long>();
        var (words, keys) = (new List<(string Word, DescribedRow Row)>(), new List<(long Hash, DescribedRow Row)>());
        foreach (var row in rows)
        {
            if (!nodes.Add(row.NodeHash))
            {
                // Perhaps the same node again: what it replaces has to be found.
                AddFound(words, keys);
            }

            if (AddRow(row))
            {
                words.AddRange(row.Words().Select(word => (word, row)));
                keys.AddRange(row.Hashes().Select(hash => (hash, row)));
            }
        }

        AddFound(words, keys);
    }

    private bool AddRow(DescribedRow row)
    {
        var before = find.Bind(1, row.Realm).Bind(2, row.NodeHash).Bind(3, row.Source).Bind(4, row.Node).First(Read);
        if (before is not null)
        {
            if (before.SaysTheSame(row))
            {
                return false;
            }

            Remove(before);
        }

        add.Bind(1, row.Id).Bind(2, row.Realm).Bind(3, row.IsPublic ? 1 : 0).Bind(4, row.Source).Bind(5, row.Node).Bind(6, row.Digest)
            .Bind(7, row.Name).Bind(8, row.Kind).Bind(9, row.Rank).Bind(10, row.Links).Bind(11, row.Properties).Run();
        return true;
    }

    /// <summary>Adds by what rows are found, in the order in which the tables keep it: neighbours are on one page.</summary>
    private void AddFound(List<(string Word, DescribedRow Row)> words, List<(long Hash, DescribedRow Row)> keys)
    {
        words.Sort(static (a, b) => string.CompareOrdinal(a.Word, b.Word) is not 0 and var byWord ? byWord
            : a.Row.Rank != b.Row.Rank ? a.Row.Rank.CompareTo(b.Row.Rank) : a.Row.Id.CompareTo(b.Row.Id));
        foreach (var (word, row) in words)
        {
            addWord.Bind(1, row.Home).Bind(2, word).Bind(3, row.Rank).Bind(4, row.Id).Run();
        }

        keys.Sort(static (a, b) => a.Hash.CompareTo(b.Hash));
        foreach (var (hash, row) in keys)
        {
            addKey.Bind(1, row.Home).Bind(2, hash).Bind(3, row.Id).Run();
        }

        words.Clear();
        keys.Clear();
    }

    private void Prepare()
    {
        if (!isPrepared)
        {
            isPrepared = true;
            using var command = connection.CreateCommand();
            command.CommandText = ForImports;
            command.ExecuteNonQuery();
        }
    }

    private void Remove(DescribedRow row)
    {
        remove.Bind(1, row.Id).Run();
        foreach (var word in row.Words())
        {
            removeWord.Bind(1, row.Home).Bind(2, word).Bind(3, row.Rank).Bind(4, row.Id).Run();
        }

        foreach (var hash in row.Hashes())
        {
            removeKey.Bind(1, row.Home).Bind(2, hash).Bind(3, row.Id).Run();
        }
    }

    private static DescribedRow Read(SqliteStatement row) => new(
        row.Number(0), row.Number(1), row.Number(2) != 0, row.Text(3), row.Bytes(4), row.Bytes(5), row.Text(6), row.Text(7), (int)row.Number(8), row.Bytes(9), row.Text(10));

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[find, add, addWord, addKey, remove, removeWord, removeKey])
        {
            statement.Dispose();
        }
    }
}

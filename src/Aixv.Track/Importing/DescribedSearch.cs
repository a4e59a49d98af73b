using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>One search by words: the rows of the last word's beginnings, the most used first in each, of which those are taken whose name has the others too.</summary>
internal sealed class DescribedSearch(SqlSession session, Realms realms, List<string> words, int limit)
{
    private const int MaximumWords = 48;
    private const int MaximumLooked = 4000;
    private readonly Dictionary<long, DescribedRow> found = [];
    private int looked;

    /// <summary>The most used first; of a very common word's very many, those that are looked at.</summary>
    public async ValueTask<IReadOnlyList<Described>> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var home in realms.Own == Realm.Public ? (long[])[0] : [realms.Own.Number, 0])
        {
            await LookAsync(home, cancellationToken);
        }

        return [.. found.Values.OrderBy(row => row.Rank).ThenBy(row => row.Name.Length).ThenBy(row => row.Id).Take(limit).Select(row => row.ToDescribed())];
    }

    private async ValueTask LookAsync(long home, CancellationToken cancellationToken)
    {
        // Every word that begins so, in order; the word itself comes first.
        var (begin, next) = (words[^1], words[^1]);
        for (var i = 0; i < MaximumWords && looked < MaximumLooked; i++)
        {
            var word = (string?)await session.Command(
                "SELECT word FROM described_words WHERE realm=@p0 AND word>=@p1 ORDER BY realm,word LIMIT 1", home, next).ExecuteScalarAsync(cancellationToken);
            if (word is null || !word.StartsWith(begin, StringComparison.Ordinal))
            {
                return;
            }

            await TakeAsync(home, word, cancellationToken);
            next = word + "\u0001";
        }
    }

    private async ValueTask TakeAsync(long home, string word, CancellationToken cancellationToken)
    {
        var wanted = words.Count == 1 ? limit : MaximumLooked - looked;
        var sql = $"SELECT {DescribedSql.Columns} FROM described_words w JOIN described d ON d.id=w.id "
            + $"WHERE w.realm=@p1 AND w.word=@p2 AND {RealmFilter.OfRows(realms, "d")} ORDER BY w.rank,w.id LIMIT @p3";
        await using var rows = await session.Command(sql, realms.Own.Number, home, word, wanted).ExecuteReaderAsync(cancellationToken);
        for (var taken = 0; taken < limit && await rows.ReadAsync(cancellationToken);)
        {
            looked++;
            var row = DescribedSql.Read(rows);
            if (words.Count == 1 || HasAll(row.Words()))
            {
                taken++;
                found.TryAdd(row.Id, row);
            }
        }
    }

    /// <summary>Whether every word but the last, whose row this is, is among a name's.</summary>
    private bool HasAll(List<string> name) => words.Take(words.Count - 1).All(word => name.Any(other => other.StartsWith(word, StringComparison.Ordinal)));
}

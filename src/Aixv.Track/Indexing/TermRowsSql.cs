using System.Globalization;

namespace Aixv.Track.Indexing;

/// <summary>The newest records of each of many terms, in one statement whose text is always the same.</summary>
internal static class TermRowsSql
{
    /// <summary>How many terms one statement takes; what is left over is filled with none.</summary>
    public const int Terms = 64;

    private static readonly string Values64 = string.Join(',', Enumerable.Range(0, Terms).Select(i => string.Create(CultureInfo.InvariantCulture, $"({i},@p{i + 2})")));

    /// <summary>A term that is in no index: terms have a field.</summary>
    private const string None = "";

    /// <param name="columns">Columns of records, with the tables that they come from; the number of the term is added behind them.</param>
    public static string Of(string columns)
    {
        var at = columns.IndexOf(" FROM ", StringComparison.Ordinal);
        return $"WITH v(n,term) AS (VALUES {Values64}), "
            + "w AS (SELECT v.n AS n,v.term AS term,coalesce((SELECT x.seq FROM terms x WHERE x.realm=@p0 AND x.term=v.term ORDER BY x.seq DESC LIMIT 1 OFFSET @p1),0) AS low FROM v) "
            + $"SELECT {columns[..at]},w.n FROM w JOIN terms t ON t.realm=@p0 AND t.term=w.term AND t.seq>=w.low JOIN {columns[(at + " FROM ".Length)..].Replace("records r ", "records r ON r.seq=t.seq ", StringComparison.Ordinal)}";
    }

    public static object[] Values(long realm, IReadOnlyList<IndexTerm> terms, int from, int each) =>
        [realm, each - 1, .. Enumerable.Range(from, Terms).Select(i => (object)(i < terms.Count ? terms[i].ToString() : None))];

    /// <summary>The realms whose copies of terms a reader sees.</summary>
    public static IEnumerable<long> RealmsOf(Realms realms) =>
        realms is { AndPublic: true } && realms.Own != Realm.Public ? [realms.Own.Number, Realm.Public.Number] : [realms.Own.Number];
}

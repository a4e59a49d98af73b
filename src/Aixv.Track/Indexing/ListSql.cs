using System.Globalization;
using System.Text;

namespace Aixv.Track.Indexing;

/// <summary>A <see cref="RecordQuery"/> as SQL: what comes after the columns, and the values. <c>@p0</c> is the reader's realm.</summary>
internal sealed class ListSql
{
    private readonly List<object> values;

    public ListSql(Realms realms, RecordQuery query)
    {
        values = [realms.Own.Number];
        var where = new StringBuilder("WHERE r.type=").Append(Add((int)query.Type)).Append(" AND ").Append(RealmFilter.OfRows(realms, "r"));
        foreach (var term in query.Terms)
        {
            where.Append(" AND r.seq IN ").Append(RealmFilter.OfTerm(realms, $"term={Add(term.ToString())}"));
        }

        if (query.Prefix is { } prefix)
        {
            var (low, high) = (Add(prefix.ToString()), Add(prefix + "\U0010FFFF"));
            where.Append(" AND r.seq IN ").Append(RealmFilter.OfTerm(realms, $"term>={low} AND term<{high}"));
        }

        if (query.Statuses.Count > 0)
        {
            where.Append(" AND r.status IN (").AppendJoin(',', query.Statuses.Select(Add)).Append(')');
        }

        AddTime(where, ">=", query.From);
        AddTime(where, "<=", query.To);
        Conditions = where.ToString();
        Values = [.. values];
        if (query.Before is { } before)
        {
            where.Append(" AND r.seq<").Append(Add(before));
        }

        // One more than asked for tells whether there is a next page.
        where.Append(" ORDER BY r.seq DESC LIMIT ").Append(Add(query.Limit + 1)).Append(" OFFSET ").Append(Add(query.Offset));
        Page = where.ToString();
        PageValues = [.. values];
    }

    /// <summary>The conditions alone, for counting.</summary>
    public string Conditions { get; }

    public object[] Values { get; }

    /// <summary>Conditions, cursor, order and limit.</summary>
    public string Page { get; }

    public object[] PageValues { get; }

    private void AddTime(StringBuilder where, string comparison, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            where.Append(" AND r.created").Append(comparison).Append(Add(given.ToUnixTimeMilliseconds()));
        }
    }

    private string Add(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@p{values.Count - 1}");
    }
}

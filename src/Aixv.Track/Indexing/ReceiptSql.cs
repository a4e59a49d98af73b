using System.Globalization;
using System.Text;

namespace Aixv.Track.Indexing;

/// <summary>A <see cref="ReceiptQuery"/> as SQL. <c>@p0</c> is the reader's realm; <c>r</c> is the record that the entry made, <c>v</c> its revocation.</summary>
internal sealed class ReceiptSql
{
    public const string Columns = "e.realm,e.seq,e.pack,e.start,e.length,r.type,r.id,r.status,v.status";

    private static readonly string From = string.Create(
        CultureInfo.InvariantCulture,
        $" FROM entries e LEFT JOIN records r ON r.seq=e.seq LEFT JOIN records v ON v.id=e.id AND v.type={(int)RecordType.Receipt} ");

    private static readonly string Attested = string.Create(
        CultureInfo.InvariantCulture,
        $"coalesce(r.type,0) IN ({(int)RecordType.Model},{(int)RecordType.Dataset},{(int)RecordType.Deployment},{(int)RecordType.TrainingRun},{(int)RecordType.Attestation})");

    private static readonly string Revoked = $"(v.seq IS NOT NULL OR ({Attested} AND coalesce(r.status,'') IN ('revoked','withdrawn')))";
    private static readonly string Superseded = $"({Attested} AND coalesce(r.status,'')='superseded')";
    private readonly List<object> values;

    public ReceiptSql(Realms realms, ReceiptQuery query)
    {
        values = [realms.Own.Number];
        var where = new StringBuilder("WHERE ").Append(RealmFilter.OfRows(realms, "e"));
        AddIf(where, "e.id=", query.Id?.ToBytes());
        AddIf(where, "r.id=", query.Record?.ToBytes());
        foreach (var term in query.Terms)
        {
            where.Append(" AND e.seq IN ").Append(RealmFilter.OfTerm(realms, $"term={Add(term.ToString())}"));
        }

        if (query.Prefix is { } prefix)
        {
            var (low, high) = (Add(prefix.ToString()), Add(prefix + "\U0010FFFF"));
            where.Append(" AND e.seq IN ").Append(RealmFilter.OfTerm(realms, $"term>={low} AND term<{high}"));
        }

        // An id begins with its milliseconds, so it is the time too.
        AddIf(where, "e.id>=", query.From is { } from ? Bound(from, 0x00) : null);
        AddIf(where, "e.id<=", query.To is { } to ? Bound(to, 0xff) : null);
        if (query.State is { } state)
        {
            where.Append(Condition(state));
        }

        Count = $"SELECT count(*){From}{where}";
        CountValues = [.. values];
        AddIf(where, "e.seq<", query.Before);
        where.Append(" ORDER BY e.seq DESC LIMIT ").Append(Add(query.Limit + 1)).Append(" OFFSET ").Append(Add(query.Offset));
        Page = $"SELECT {Columns}{From}{where}";
        PageValues = [.. values];
    }

    public string Count { get; }

    public object[] CountValues { get; }

    public string Page { get; }

    public object[] PageValues { get; }

    public static ReceiptState StateOf(RecordType? type, string? status, bool isRevoked) => (type, status) switch
    {
        _ when isRevoked => ReceiptState.Revoked,
        (RecordType.Model or RecordType.Dataset or RecordType.Deployment or RecordType.TrainingRun or RecordType.Attestation, "revoked" or "withdrawn") => ReceiptState.Revoked,
        (RecordType.Model or RecordType.Dataset or RecordType.Deployment or RecordType.TrainingRun or RecordType.Attestation, "superseded") => ReceiptState.Superseded,
        _ => ReceiptState.Active,
    };

    private static string Condition(ReceiptState state) => state switch
    {
        ReceiptState.Revoked => $" AND {Revoked}",
        ReceiptState.Superseded => $" AND {Superseded} AND NOT {Revoked}",
        ReceiptState.Active => $" AND NOT {Revoked} AND NOT {Superseded}",
    };

    private static byte[] Bound(DateTimeOffset time, byte fill)
    {
        Span<byte> milliseconds = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(milliseconds, Math.Max(0, time.ToUnixTimeMilliseconds()));
        var bytes = new byte[Storage.TrackId.Length];
        bytes.AsSpan().Fill(fill);
        milliseconds[2..].CopyTo(bytes);
        return bytes;
    }

    private void AddIf(StringBuilder where, string condition, object? value)
    {
        if (value is not null)
        {
            where.Append(" AND ").Append(condition).Append(Add(value));
        }
    }

    private string Add(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@p{values.Count - 1}");
    }
}

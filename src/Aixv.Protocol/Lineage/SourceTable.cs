namespace Aixv.Protocol.Lineage;

/// <summary>The records that edges come from, by number.</summary>
internal sealed record SourceTable(SourceRow[] Rows, TextTable Texts)
{
    internal static SourceTable Empty { get; } = new([], TextTable.Empty);

    internal LineageSource Read(int number)
    {
        var row = Rows[number];
        return new LineageSource(
            Texts.Find(row.Path)!,
            row.Status,
            Texts.Find(row.PredicateType)!,
            row.SignerSubject < 0 ? null : new LineageSigner(Texts.Find(row.SignerSubject)!, Texts.Find(row.SignerIssuer)),
            row.LogOrigin < 0 ? null : new LineageLogEntry(
                Texts.Find(row.LogOrigin)!, row.LogIndex, row.Time == SourceRow.NoTime ? null : DateTimeOffset.FromUnixTimeSeconds(row.Time)),
            Texts.Find(row.Problem));
    }
}

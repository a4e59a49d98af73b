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

    /// <summary>The files of one type in one folder. Each type's name is read once, not once for each source.</summary>
    internal List<string> PathsOf(string type, string folder)
    {
        var answers = new Dictionary<int, bool>();
        var paths = new List<string>();
        foreach (ref readonly var row in Rows.AsSpan())
        {
            if (!answers.TryGetValue(row.PredicateType, out var answer))
            {
                answer = Texts.Find(row.PredicateType) == type;
                answers.Add(row.PredicateType, answer);
            }

            if (answer && Texts.Find(row.Path) is { } path && path.StartsWith(folder, StringComparison.Ordinal))
            {
                paths.Add(path);
            }
        }

        return paths;
    }
}

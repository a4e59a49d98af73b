using System.Text;

namespace Aixv.Export.Graphs;

/// <summary>Reads RFC 4180 CSV.</summary>
internal static class CsvRecords
{
    public static IEnumerable<IReadOnlyList<string>> Read(string text)
    {
        var record = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    record.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !quoted && i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\n' when !quoted:
                    record.Add(cell.ToString());
                    cell.Clear();
                    yield return record;
                    record = [];
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        if (cell.Length > 0 || record.Count > 0)
        {
            record.Add(cell.ToString());
            yield return record;
        }
    }
}

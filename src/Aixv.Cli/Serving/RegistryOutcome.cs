using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Serving;

/// <summary>What a registry answered: the members that people want to see, one a row, or one line for each item of a list.</summary>
/// <param name="Title">What was done.</param>
/// <param name="Answer">All of the answer, for programs.</param>
/// <param name="Members">The members to show.</param>
/// <param name="List">The member that holds the list; null for a single thing.</param>
internal sealed record RegistryOutcome(string Title, JsonObject Answer, IReadOnlyList<string> Members, string? List = null) : IOutcome
{
    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson()
    {
        var json = (JsonObject)Answer.DeepClone();
        json["ok"] = true;
        return json;
    }

    public void Describe(Report report)
    {
        report.Line(Title);
        if (List is null)
        {
            Rows(report, Answer);
            return;
        }

        foreach (var item in Answer[List]!.AsArray().OfType<JsonObject>())
        {
            report.Line("  " + string.Join("  ", Members.Select(m => Text(item[m])).Where(t => t.Length > 0)));
        }
    }

    private void Rows(Report report, JsonObject item)
    {
        foreach (var member in Members)
        {
            report.Row(member.Replace('_', ' '), Text(item[member]) is { Length: > 0 } text ? text + (member == "key" ? "   (shown only now)" : "") : null);
        }
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray list => string.Join(",", list.Select(Text)),
        _ => node.ToString(),
    };

    /// <summary>Says nothing of what was answered: it may be a key.</summary>
    public override string ToString() => Title;
}

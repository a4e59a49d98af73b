using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Monitoring;

namespace Aixv.Cli.Monitoring;

/// <summary>Says what a monitor finds: one line each, of JSON or for people.</summary>
internal sealed class MonitorPrinter(App app, bool asJson)
{
    private readonly Report report = new(app);

    public void Print(MonitorEvent said)
    {
        if (asJson)
        {
            Write(ToJson(said));
        }
        else
        {
            Describe(said);
        }

        app.Out.Flush();
    }

    /// <summary>The log could not be read this time.</summary>
    public void Unavailable(string why)
    {
        if (asJson)
        {
            Write(new JsonObject { ["event"] = "unavailable", ["alarm"] = false, ["detail"] = why });
            app.Out.Flush();
        }
        else
        {
            report.Warning($"the log cannot be read now: {why}");
        }
    }

    private void Write(JsonObject json)
    {
        json["time"] = Aixv.Sigstore.Json.Rfc3339.Format(app.Time.GetUtcNow());
        JsonLine.Write(app.Out, json);
        app.Out.WriteLine();
    }

    private static JsonObject ToJson(MonitorEvent said)
    {
        var json = new JsonObject { ["event"] = "", ["alarm"] = said.IsAlarm, ["log"] = said.Origin };
        switch (said)
        {
            case LogFault fault:
                json["event"] = Kebab.Of(fault.Kind);
                json["detail"] = fault.Detail;
                json["shown"] = fault.Shown?.ToString();
                json["other"] = fault.Other?.ToString();
                break;
            case EntryMatch match:
                json["event"] = "match";
                json["index"] = match.Index;
                json["kind"] = match.Entry.Kind;
                json["watched"] = new JsonArray([.. match.Watched.Select(w => (JsonNode)w)]);
                json["digests"] = new JsonArray([.. match.Entry.Digests.Select(d => (JsonNode)d)]);
                json["signers"] = new JsonArray([.. match.Entry.Signers.Select(s => new JsonObject { ["subject"] = s.Subject, ["issuer"] = s.Issuer })]);
                break;
            case EntryUnreadable unreadable:
                json["event"] = "unreadable";
                json["index"] = unreadable.Index;
                json["detail"] = unreadable.Detail;
                break;
            case CheckpointUndecided undecided:
                json["event"] = "undecided";
                json["detail"] = undecided.Detail;
                break;
            case MonitorDone done:
                json["event"] = "checked";
                json["size"] = done.Checkpoint.Size;
                json["root"] = done.Checkpoint.Root.ToString();
                json["entries"] = done.Entries;
                json["matches"] = done.Matches;
                json["unreadable"] = done.Unreadable;
                break;
            default:
                throw new UnreachableException($"{said.GetType()} is not for printing");
        }

        return json;
    }

    private void Describe(MonitorEvent said)
    {
        switch (said)
        {
            case LogFault fault:
                report.Title(good: false, $"{fault.Origin}: {Kebab.Of(fault.Kind)}");
                report.Row("detail", fault.Detail);
                Note("shown", fault.Shown?.ToString());
                Note("other", fault.Other?.ToString());
                break;
            case EntryMatch match:
                report.Title(good: false, Text($"{match.Origin}: entry {match.Index} ({match.Entry.Kind}) is of {string.Join(", ", match.Watched)}"));
                foreach (var digest in match.Entry.Digests)
                {
                    report.Row("digest", digest);
                }

                foreach (var signer in match.Entry.Signers)
                {
                    report.Row("signer", signer.Issuer is null ? signer.Subject : $"{signer.Subject}, by {signer.Issuer}");
                }

                break;
            case EntryUnreadable unreadable:
                report.Warning(Text($"entry {unreadable.Index} of {unreadable.Origin} cannot be read: {unreadable.Detail}"));
                break;
            case CheckpointUndecided undecided:
                report.Warning($"{undecided.Origin}: {undecided.Detail}");
                break;
            case MonitorDone done:
                report.Title(good: true, Text($"{done.Origin}: {done.Checkpoint.Size} entries, {done.Entries} new, {done.Matches} of the watch list"));
                break;
            default:
                throw new UnreachableException($"{said.GetType()} is not for printing");
        }
    }

    private void Note(string label, string? note)
    {
        foreach (var line in note?.TrimEnd('\n').Split('\n') ?? [])
        {
            report.Row(label, line);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

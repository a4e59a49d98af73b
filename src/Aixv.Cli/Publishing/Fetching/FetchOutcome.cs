using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>What <c>aixv fetch</c> answers.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Folder">Where it is now, as the user would write it.</param>
internal sealed record FetchOutcome(string Source, string Folder, IReadOnlyList<FetchedFile> Files, IReadOnlyList<(string Path, string Reason)> Skipped) : IOutcome
{
    private const int MaximumShown = 50;

    public int ExitCode => Files.All(f => f.IsAccepted) ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    private string Error => string.Join("; ", Files.Where(f => !f.IsAccepted).Select(f => f.Reason));

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = ExitCode == Cli.ExitCode.Ok,
            ["source"] = Source,
            ["folder"] = Folder,
            ["files"] = new JsonArray([.. Files.Select(f => f.ToJson())]),
            ["skipped"] = new JsonArray([.. Skipped.Select(s => new JsonObject { ["path"] = s.Path, ["reason"] = s.Reason })]),
        };
        if (ExitCode != Cli.ExitCode.Ok)
        {
            json["command"] = "fetch";
            json["error"] = Error;
        }

        return json;
    }

    public void Describe(Report report)
    {
        report.Title(ExitCode == Cli.ExitCode.Ok, ExitCode == Cli.ExitCode.Ok ? $"{Source}: verified, in {Folder}" : $"{Source}: refused; nothing was put in its place");
        foreach (var file in Files)
        {
            report.Check(file.IsAccepted && file.State != FetchedState.Unverified, Kebab.Of(file.State), file.Path);
            report.Row("digest", file.Digest.ToString());
            foreach (var holds in file.Verifications.Where(v => v.ExitCode == Cli.ExitCode.Ok))
            {
                report.Row("signer", holds.SignerShown);
            }

            foreach (var bundle in file.Bundles)
            {
                report.Row("bundle", bundle);
            }
        }

        foreach (var (path, reason) in Skipped.Take(MaximumShown))
        {
            report.Row("left out", $"{path}: {reason}");
        }

        if (Skipped.Count > MaximumShown)
        {
            report.Row("left out", $"and {Skipped.Count - MaximumShown} more");
        }

        if (Error.Length > 0)
        {
            report.Error(Error);
        }
    }
}

using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Publishing.Cards;

/// <summary>What <c>aixv card</c> answers.</summary>
internal sealed record CardOutcome : IOutcome
{
    public required string Card { get; init; }

    public required bool IsCheck { get; init; }

    /// <summary>Whether the file's bytes are others now; of a check, false.</summary>
    public required bool Changed { get; init; }

    public required IReadOnlyList<CardSubject> Subjects { get; init; }

    /// <summary>Of a check reasons to fail, else advice.</summary>
    public required IReadOnlyList<CardFault> Faults { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public int ExitCode => IsCheck && Faults.Count > 0 ? Cli.ExitCode.Rejected : Cli.ExitCode.Ok;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = ExitCode == Cli.ExitCode.Ok,
            ["card"] = Card,
            ["checked"] = IsCheck,
            ["changed"] = Changed,
            ["artifacts"] = new JsonArray([.. Subjects.Select(s => new JsonObject
            {
                ["artifact"] = s.Shown,
                ["digest"] = s.Dossier.Artifact.Digest.ToString(),
                ["bundle"] = s.Links.BundleName,
                ["signer"] = s.Dossier.Signer?.ToString(),
                ["graph"] = s.Links.Graph?.AbsoluteUri,
            })]),
            ["faults"] = new JsonArray([.. Faults.Select(f => f.ToJson())]),
            ["warnings"] = new JsonArray([.. Warnings.Select(w => (JsonNode)w)]),
        };
        if (ExitCode != Cli.ExitCode.Ok)
        {
            json["command"] = "card";
            json["error"] = Error;
        }

        return json;
    }

    private string Error => $"{Card}: {string.Join("; ", Faults.Select(f => f.Message))}";

    public void Describe(Report report)
    {
        report.Title(ExitCode == Cli.ExitCode.Ok, (IsCheck, Changed) switch
        {
            (true, _) => Faults.Count == 0 ? $"{Card}: says what is proved" : $"{Card}: does not say what is proved",
            (false, true) => $"{Card}: section written",
            (false, false) => $"{Card}: nothing to change",
        });
        foreach (var subject in Subjects)
        {
            report.Row("artifact", subject.Shown);
            report.Row("digest", subject.Dossier.Artifact.Digest.ToString());
            report.Row("bundle", subject.Links.BundleName ?? "none that holds");
            report.Row("signer", subject.Dossier.Signer?.ToString());
        }

        foreach (var fault in Faults)
        {
            if (IsCheck)
            {
                report.Check(passed: false, fault.Code, fault.Message);
            }
            else
            {
                report.Warning(fault.Message);
            }
        }

        foreach (var warning in Warnings)
        {
            report.Warning(warning);
        }
    }
}

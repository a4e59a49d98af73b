using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv digest FILE…</c>: which artifact is this?</summary>
internal static class DigestCommand
{
    public static Command Create(App app)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files to digest.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("digest", "Print the SHA-256 digest of files: the identity of an artifact.") { files };
        return command.Answer(app, (parse, cancellationToken) =>
            Task.FromResult<IOutcome>(new Outcome([.. parse.GetRequiredValue(files).Select(file => Digest(app, file, cancellationToken))])));
    }

    /// <summary>One unreadable file does not hide the digests of the others.</summary>
    private static Entry Digest(App app, string file, CancellationToken cancellationToken)
    {
        try
        {
            return new Entry(file, ArtifactFile.Digest(app, file, new FileDigesterOptions(), cancellationToken).Sha256, null);
        }
        catch (CommandFailure failure)
        {
            return new Entry(file, null, failure.Message);
        }
    }

    private sealed record Entry(string File, Digest? Digest, string? Error)
    {
        public JsonObject ToJson() => Digest is null
            ? new JsonObject { ["file"] = File, ["error"] = Error }
            : new JsonObject { ["file"] = File, ["digest"] = Digest.ToString() };
    }

    private sealed record Outcome(IReadOnlyList<Entry> Entries) : IOutcome
    {
        private string? Error => Entries.FirstOrDefault(e => e.Error is not null)?.Error;

        public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

        public JsonObject ToJson()
        {
            var json = new JsonObject { ["ok"] = Error is null, ["digests"] = new JsonArray([.. Entries.Select(e => e.ToJson())]) };
            if (Error is not null)
            {
                json["error"] = Error;
                json["command"] = "digest";
            }

            return json;
        }

        /// <summary>The form of sha256sum, so that lines can be compared; failures go to standard error.</summary>
        public void Describe(Report report)
        {
            foreach (var entry in Entries)
            {
                if (entry.Digest is not null)
                {
                    report.Line($"{entry.Digest}  {entry.File}");
                }
                else
                {
                    report.Error(entry.Error!);
                }
            }
        }
    }
}

using System.CommandLine;
using Aixv.Cli.Output;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Trust.Instances;
using Aixv.Sigstore.Tuf;

namespace Aixv.Cli;

/// <summary>Gives a command its action: run, then print the outcome or the failure in the form that was asked for.</summary>
internal static class Answering
{
    private const string JsonName = "--json";

    /// <summary>Adds <c>--json</c> and the action to <paramref name="command"/>.</summary>
    public static Command Answer(this Command command, App app, Func<ParseResult, CancellationToken, Task<IOutcome>> run)
    {
        var json = Options.Flag(JsonName, "Print one line of JSON.");
        command.Add(json);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var asJson = parse.GetValue(json);
            try
            {
                return Print(app, asJson, await run(parse, cancellationToken));
            }
            catch (Exception e) when (Classify(e) is { } exitCode)
            {
                return Fail(app, asJson, parse, e, exitCode);
            }
        });
        return command;
    }

    /// <summary>As <see cref="Answer(Command, App, Func{ParseResult, CancellationToken, Task{IOutcome}})"/>, for work without waiting.</summary>
    public static Command Answer(this Command command, App app, Func<ParseResult, IOutcome> run) =>
        command.Answer(app, (parse, _) => Task.FromResult(run(parse)));

    /// <summary>Says something before the command ends.</summary>
    public static void Print(App app, ParseResult parse, IOutcome outcome)
    {
        Print(app, parse.GetValue<bool>(JsonName), outcome);
        app.Out.Flush();
    }

    private static int Print(App app, bool asJson, IOutcome outcome)
    {
        if (outcome is AlreadySaid)
        {
            return outcome.ExitCode;
        }

        if (asJson)
        {
            JsonLine.Write(app.Out, outcome.ToJson());
            app.Out.WriteLine();
        }
        else
        {
            outcome.Describe(new Report(app));
        }

        return outcome.ExitCode;
    }

    private static int Fail(App app, bool asJson, ParseResult parse, Exception e, int exitCode)
    {
        var message = Describe(e);
        if (asJson)
        {
            CommandLine.WriteFailure(app, CommandLine.Words(parse), message);
        }
        else
        {
            new Report(app).Error(message);
        }

        return exitCode;
    }

    /// <summary>The exit code for what went wrong; null for a bug, which is not caught.</summary>
    private static int? Classify(Exception e) => e switch
    {
        CommandFailure failure => failure.ExitCode,
        TrustInstanceException or TufException or SigningException or FormatException or RecordConflictException or FeedRefusedException => ExitCode.Rejected,
        HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException or TimeoutException => ExitCode.WorldFailed,
        OperationCanceledException { InnerException: TimeoutException } => ExitCode.WorldFailed,
        OperationCanceledException => ExitCode.Stopped,
        _ => null,
    };

    private static string Describe(Exception e) => e switch
    {
        OperationCanceledException { InnerException: TimeoutException inner } => inner.Message,
        OperationCanceledException => "stopped",
        _ => e.Message,
    };
}

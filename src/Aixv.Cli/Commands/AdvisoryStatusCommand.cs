using System.CommandLine;
using Aixv.Cli.Records;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv advisory withdraw|mitigate ID</c>: the next status of an advisory, as a new record.</summary>
internal static class AdvisoryStatusCommand
{
    public static Command Create(App app, string verb, AdvisoryStatus status, string description)
    {
        var id = new Argument<string>("ID") { Description = "The advisory, which the store must have." };
        var reason = Options.Text("--reason-code", "WORD", "Why (default: the reason that the advisory gives).");
        var command = new Command(verb, description) { id, reason };
        var writing = new RecordWriting(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var name = RecordId.Parse(parse.GetRequiredValue(id));
            var next = AdvisoryUpdate.Next(writing.Store(app, parse), name, status, app.Time.GetUtcNow(), parse.GetValue(reason));
            return await writing.WriteAsync(app, parse, next, cancellationToken);
        });
    }
}

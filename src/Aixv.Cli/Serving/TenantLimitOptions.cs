using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Serving;

/// <summary>The options that limit a tenant.</summary>
internal sealed class TenantLimitOptions
{
    private readonly (string Member, Option<string?> Option)[] limits =
    [
        ("requests_per_minute", Options.Text("--requests-per-minute", "N", "The most requests in a minute; 0 for no limit.")),
        ("entries_per_day", Options.Text("--entries-per-day", "N", "The most entries in a day; 0 for no limit.")),
    ];

    public TenantLimitOptions(Command command)
    {
        foreach (var (_, option) in limits)
        {
            command.Add(option);
        }
    }

    /// <summary>What is shown of a tenant.</summary>
    public static IReadOnlyList<string> Shown { get; } = ["name", "id", "visibility", "status", "requests_per_minute", "entries_per_day", "created_at"];

    /// <summary>The limits that were given.</summary>
    /// <exception cref="CommandFailure">Not a number.</exception>
    public JsonObject Read(ParseResult parse)
    {
        var body = new JsonObject();
        foreach (var (member, option) in limits)
        {
            if (parse.GetValue(option) is { } text)
            {
                body[member] = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new CommandFailure($"{option.Name}: a number is expected.", ExitCode.Usage);
            }
        }

        return body;
    }
}

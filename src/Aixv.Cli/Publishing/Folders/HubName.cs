using System.Diagnostics.CodeAnalysis;

namespace Aixv.Cli.Publishing.Folders;

/// <summary>A model's name on a hub: <c>org/model</c>. Of a hub's form only, so that it is safe in a URL's path and in a file's name.</summary>
internal sealed record HubName(string Organisation, string Model)
{
    private const int MaximumPart = 96;

    /// <exception cref="CommandFailure">Not such a name.</exception>
    public static HubName Parse(string text) => TryParse(text, out var name) ? name
        : throw new CommandFailure($"'{text}' is no name of a model on a hub: org/model is expected, of letters, digits, '-', '_' and '.'", ExitCode.Usage);

    public static bool TryParse(string? text, [NotNullWhen(true)] out HubName? name)
    {
        name = text?.Split('/') is [var organisation, var model] && IsPart(organisation) && IsPart(model) ? new HubName(organisation, model) : null;
        return name is not null;
    }

    private static bool IsPart(string text) =>
        text.Length is > 0 and <= MaximumPart && text[0] is not ('.' or '-') && text[^1] is not ('.' or '-') && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("--", StringComparison.Ordinal)
        && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_' or '.');

    /// <summary>As addresses of pages have it: <c>org-model</c>.</summary>
    public string Dashed => $"{Organisation}-{Model}";

    public override string ToString() => $"{Organisation}/{Model}";
}

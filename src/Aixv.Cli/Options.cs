using System.CommandLine;

namespace Aixv.Cli;

/// <summary>The shapes that options have.</summary>
internal static class Options
{
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string?> Text(string name, string valueName, string description) => new(name) { Description = description, HelpName = valueName };
}

using System.CommandLine;

namespace Aixv.Cli;

/// <summary>The shapes that options have.</summary>
internal static class Options
{
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string?> Text(string name, string valueName, string description) => new(name) { Description = description, HelpName = valueName };

    public static Option<string[]> Texts(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName, AllowMultipleArgumentsPerToken = false };

    /// <summary>A whole number; anything else is a usage error.</summary>
    public static Option<int?> Number(string name, string valueName, string description) => new(name) { Description = description, HelpName = valueName };
}

using System.CommandLine;

namespace Aixv.Cli.Serving;

/// <summary>The data folder of this user's registry: beside the Authority's, or inside a folder that is named for both.</summary>
internal static class TrackFolder
{
    public static string Resolve(App app, ParseResult parse, Option<string?> data)
    {
        var authority = AuthorityFolder.Resolve(app, parse, data);
        return Path.Combine(parse.GetValue(data) is null ? Path.GetDirectoryName(authority)! : authority, "track");
    }
}

using System.CommandLine;
using Aixv.Sigstore.Trust.Instances;

namespace Aixv.Cli.Serving;

/// <summary>The data folder of this user's Authority.</summary>
internal static class AuthorityFolder
{
    public static Option<string?> Option() =>
        Options.Text("--data", "DIR", "The Authority's data folder (default: $AIXV_HOME/authority, or beside the user's trust folder).");

    public static string Resolve(App app, ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } folder ? app.Resolve(folder)
        : app.Setting("AIXV_HOME") is { } home ? Path.Combine(app.Resolve(home), "authority")
        : Path.Combine(Path.GetDirectoryName(TrustDirectory.Default())!, "authority");
}

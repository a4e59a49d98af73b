using System.CommandLine;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Artifacts;

/// <summary>Where records and attestations are kept: <c>--store</c>, AIXV_STORE, or <c>.aixv</c> in the working directory.</summary>
internal sealed class StoreFolder
{
    private readonly Option<string?> option = Options.Text("--store", "DIR", "The store of records and attestations (or AIXV_STORE; default: .aixv).");

    public StoreFolder(Command command) => command.Add(option);

    /// <summary>The folder as the user wrote it.</summary>
    public string Read(App app, ParseResult parse) => parse.GetValue(option) ?? app.Setting("AIXV_STORE") ?? ".aixv";

    /// <summary>The folder's absolute path.</summary>
    public string Resolve(App app, ParseResult parse) => app.Resolve(Read(app, parse));

    /// <summary>The records that it keeps.</summary>
    public RecordStore Records(App app, ParseResult parse) => new(Resolve(app, parse));

    /// <summary>A path in the store as the user would write it: relative where the store was named so.</summary>
    public string Show(App app, ParseResult parse, string path) => Path.IsPathRooted(Read(app, parse)) ? path : Path.GetRelativePath(app.Directory, path);
}

using System.CommandLine;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Serving;

/// <summary>The options that name a registry's storage.</summary>
internal sealed class StorageOptions
{
    private readonly Option<string?> data = AuthorityFolder.Option();
    private readonly TrackSettingOptions settings = new();

    public StorageOptions(Command command)
    {
        command.Add(data);
        settings.AddTo(command);
    }

    /// <exception cref="CommandFailure">A setting is not usable.</exception>
    public TrackOptions Read(App app, ParseResult parse) => settings.Read(
        app, parse, new Dictionary<string, Option<string?>>(), new TrackOptions { DataFolder = TrackFolder.Resolve(app, parse, data), Time = app.Time });
}

using System.Net;

namespace Aixv.Cli.Publishing;

/// <summary>Where a model's files, bundles and pages are, by the surroundings and the command line.</summary>
internal static class PublishedPlaces
{
    public const string HubVariable = "HF_ENDPOINT";
    public const string TrackVariable = "AIXV_TRACK_URL";
    private const string PublicHub = "https://huggingface.co";

    /// <summary>The hub's address: HF_ENDPOINT, or Hugging Face's.</summary>
    /// <exception cref="CommandFailure">HF_ENDPOINT is none.</exception>
    public static Uri Hub(App app) => Parse(HubVariable, app.Setting(HubVariable) ?? PublicHub);

    /// <summary>The registry's address; null where none is named.</summary>
    /// <param name="given">By the command line.</param>
    /// <param name="project">By aixv.json.</param>
    /// <exception cref="CommandFailure">It is none.</exception>
    public static Uri? Track(App app, string? given, string? project) =>
        given is not null ? Parse("--track", given)
        : app.Setting(TrackVariable) is { } set ? Parse(TrackVariable, set)
        : project is not null ? Parse("aixv.json: track", project)
        : null;

    /// <summary>An address to which secrets may be sent: https, or http on this machine.</summary>
    /// <param name="what">The setting, for the message.</param>
    public static Uri Parse(string what, string text)
    {
        var uri = Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && parsed.UserInfo.Length == 0 && parsed.Query.Length == 0 && parsed.Fragment.Length == 0
            ? parsed!
            : throw new CommandFailure($"{what}: '{text}' is no http or https address of a server", ExitCode.Usage);
        return IsSafe(uri) ? uri : throw new CommandFailure($"{what}: {text}: https is needed, for over http anybody in between could read and change what is sent; http is for this machine alone", ExitCode.Usage);
    }

    public static bool IsSafe(Uri uri) => uri.Scheme == "https" || (uri.Scheme == "http" && IsThisMachine(uri));

    private static bool IsThisMachine(Uri uri) => uri.IsLoopback || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>A path below an address, each part escaped.</summary>
    public static Uri Below(Uri address, params IEnumerable<string> parts) =>
        new(address, string.Join('/', parts.SelectMany(part => part.Split('/')).Select(Uri.EscapeDataString)));
}

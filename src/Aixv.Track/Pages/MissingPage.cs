using System.Text.Json.Nodes;

namespace Aixv.Track.Pages;

/// <summary>What is shown where nothing is known.</summary>
internal static class MissingPage
{
    /// <param name="what">What was asked for, as the reader wrote it.</param>
    public static Page Of(string what) => new()
    {
        Title = "Nothing known",
        Description = "Nothing is known here of what was asked for.",
        Content = new Html().Add($"<h1>Nothing known</h1>\n<p class=\"lead\">Nothing is known here of “<bdi>{what}</bdi>”.</p>\n<p>It may not have been published here, or only privately. A digest, a name, a signer or a dataset can be <a href=\"/\">searched for</a>.</p>\n"),
        Data = new JsonObject { ["page"] = "missing", ["version"] = 1, ["what"] = what },
    };
}

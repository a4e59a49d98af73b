using System.Text.Json.Nodes;

namespace Aixv.Track.Pages;

/// <summary>One page: what it shows, and what search engines, link previews and the script are told.</summary>
internal sealed record Page
{
    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The address by which the page is best known; null for what is nowhere.</summary>
    public string? Address { get; init; }

    /// <summary>An image that stands for it.</summary>
    public string? Image { get; init; }

    /// <summary>What is inside <c>main</c>.</summary>
    public required Html Content { get; init; }

    /// <summary>The data block: what the script shows without asking again.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>schema.org; null for pages of lists.</summary>
    public JsonObject? Linked { get; init; }

    /// <summary>What stands in the search field.</summary>
    public string Query { get; init; } = "";
}

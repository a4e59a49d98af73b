using System.Text.Json.Serialization;

namespace Aixv.Track.Client.Answers;

/// <summary>Something that depends on an artifact.</summary>
/// <param name="Id">A digest, a record's UUID, or a name.</param>
/// <param name="Depth">How many edges away.</param>
/// <param name="Via">The edge by which it was reached first.</param>
public sealed record ImpactNode(string? Id, string? Type, int Depth, LineageEdge? Via)
{
    /// <summary>The last line of a stream.</summary>
    [JsonInclude]
    internal bool Complete { get; init; }
}

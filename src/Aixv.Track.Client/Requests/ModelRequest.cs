using System.Text.Json;

namespace Aixv.Track.Client.Requests;

/// <summary>A model to attest.</summary>
/// <param name="AgentId">Who attests: an id in any spelling.</param>
/// <param name="Hash">SHA-256 of the weights.</param>
public sealed record ModelRequest(string AgentId, string Name, string? Hash, string? Version = null, string? Framework = null)
{
    public IReadOnlyList<string>? TrainingDatasetIds { get; init; }

    public IReadOnlyList<string>? ParentModelIds { get; init; }

    public string? Relationship { get; init; }

    /// <summary>A JSON object.</summary>
    public JsonElement? Hyperparameters { get; init; }

    /// <summary>A JSON object.</summary>
    public JsonElement? Metrics { get; init; }

    /// <summary>A Sigstore bundle by the agent's identity or key.</summary>
    public JsonElement? Bundle { get; init; }

    /// <summary>A DSSE envelope by the agent's key.</summary>
    public JsonElement? Dsse { get; init; }
}

namespace Aixv.Track.Client.Answers;

/// <summary>Who may attest.</summary>
public sealed record Agent(string Id, string AgentId, string DisplayName, string AgentType, string Status, string? PublicKey);

namespace Aixv.Track.Client.Requests;

/// <summary>Who is to attest. The private key stays with the agent.</summary>
public sealed record AgentRequest(string DisplayName, string? AgentType = null, string? PublicKey = null, string? Description = null);

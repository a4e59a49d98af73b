namespace Aixv.Track.Agents;

/// <summary>The statuses of agents. Revoked is for ever.</summary>
internal static class AgentStatus
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Revoked = "revoked";

    public static IReadOnlyList<string> All { get; } = [Active, Suspended, Revoked];
}

using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv agent …</c>: who attests in a registry.</summary>
internal static class AgentCommand
{
    /// <summary>What people are shown of one.</summary>
    public static IReadOnlyList<string> Members { get; } = ["id", "agent_id", "display_name", "agent_type", "trust_level", "status", "reason", "expires_at"];

    public static Command Create(App app) => new("agent", "Register, list, suspend and revoke who attests in a registry.")
    {
        AgentRegisterCommand.Create(app),
        AgentListCommand.Create(app),
        AgentStatusCommand.Create(app, "suspend", "An agent attests no more, until it is activated."),
        AgentStatusCommand.Create(app, "activate", "A suspended agent attests again."),
        AgentStatusCommand.Create(app, "revoke", "An agent attests no more, for ever."),
    };

    /// <summary>Whose agents.</summary>
    public static Option<string?> Tenant() =>
        Options.Text("--tenant", "NAME", "The tenant, for an operator's key or a stopped server (default: that of the key; 'default' of a stopped server).");
}

using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv key …</c>: the API keys of a registry.</summary>
internal static class KeyCommand
{
    public static Command Create(App app) => new("key", "Make, list and revoke the API keys of a registry.")
    {
        KeyCreateCommand.Create(app), KeyListCommand.Create(app), KeyRevokeCommand.Create(app),
    };

    /// <summary>Whose keys.</summary>
    public static Argument<string> Tenant() => new("TENANT") { Description = "The tenant's name or id." };

    /// <summary>Where a tenant's keys are.</summary>
    public static string PathOf(string tenant) => $"/v1/tenants/{Uri.EscapeDataString(tenant)}/api-keys";
}

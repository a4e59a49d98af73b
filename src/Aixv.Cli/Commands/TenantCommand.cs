using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv tenant …</c>: the tenants of a registry.</summary>
internal static class TenantCommand
{
    public static Command Create(App app) => new("tenant", "Make, list and limit the tenants of a registry.")
    {
        TenantCreateCommand.Create(app), TenantListCommand.Create(app), TenantUpdateCommand.Create(app),
    };
}

using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv policy …</c>: what is asked of an artifact before it is admitted.</summary>
internal static class PolicyCommand
{
    public static Command Create(App app) => new("policy", "Make, sign, verify and raise policies.")
    {
        PolicyCreateCommand.Create(app),
        PolicyVerifyCommand.Create(app),
        PolicyTemplateCommand.Create(app),
        PolicyMigrateCommand.Create(app),
    };
}

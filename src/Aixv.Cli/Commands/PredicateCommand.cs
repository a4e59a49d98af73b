using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv predicate …</c>: the claims that can be made of an artifact.</summary>
internal static class PredicateCommand
{
    public static Command Create(App app) => new("predicate", "Print examples of claims, and check claims.")
    {
        PredicateTemplateCommand.Create(app),
        PredicateCheckCommand.Create(app),
    };
}

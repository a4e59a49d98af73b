using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv store …</c>: the store of records and attestations.</summary>
internal static class StoreCommand
{
    public static Command Create(App app) => new("store", "Look after the store of records and attestations.") { StoreCheckCommand.Create(app) };
}

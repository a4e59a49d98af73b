using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv bundle …</c>: artifacts that belong together.</summary>
internal static class BundleCommand
{
    public static Command Create(App app) => new("bundle", "Say which artifacts belong together, and verify it.")
    {
        BundleCreateCommand.Create(app),
        BundleVerifyCommand.Create(app),
    };
}

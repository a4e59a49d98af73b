using System.CommandLine;
using Aixv.Cli.Trust;
using Aixv.Cli.Artifacts;
using Aixv.Sigstore.Trust.Instances;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv trust add NAME URL</c>: makes an instance known, anchored in a root that its operator gave.</summary>
internal static class TrustAddCommand
{
    private const int MaximumRoot = 4 * 1024 * 1024;

    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = "What to call the instance." };
        var url = new Argument<string>("URL") { Description = "Its TUF repository." };
        var root = Options.Text("--root", "FILE", "The root.json that its operator gave.");
        var fingerprint = Options.Text("--fingerprint", "HEX", "The SHA-256 of its 1.root.json, as its operator gave it.");
        var firstUse = Options.Flag("--trust-on-first-use", "Believe whatever root the URL gives now (https, or this machine).");
        var command = new Command("add", "Make an instance known.") { name, url, root, fingerprint, firstUse };
        command.Validators.Add(result =>
        {
            var ways = (result.GetValue(root) is null ? 0 : 1) + (result.GetValue(fingerprint) is null ? 0 : 1) + (result.GetValue(firstUse) ? 1 : 0);
            if (ways != 1)
            {
                result.AddError("One of --root FILE, --fingerprint HEX and --trust-on-first-use says why the instance's root is believed.");
            }
        });
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var anchor = parse.GetValue(root) is { } file ? InstanceAnchor.Root(ArtifactFile.Read(app, "root", file, MaximumRoot))
                : parse.GetValue(fingerprint) is { } hex ? InstanceAnchor.Fingerprint(hex)
                : InstanceAnchor.TrustOnFirstUseUnsafe;
            var status = await TrustFolder.Open(app).AddAsync(
                parse.GetRequiredValue(name), parse.GetRequiredValue(url), anchor, cancellationToken);
            return new InstanceOutcome($"added: {status.Name}", status);
        });
    }
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Authority.Identity;
using Aixv.Cli.Output;

namespace Aixv.Cli.Serving;

/// <summary>What a person needs to know of an Authority that has just started: where it is, how to trust it, how to sign in.</summary>
internal sealed record ServedOutcome(string Url, string DataFolder, string Fingerprint, string TrustConfigPath, InitialAccounts? Accounts) : IOutcome
{
    public static ServedOutcome Of(AuthorityServer server, string dataFolder) => new(
        server.Url.AbsoluteUri.TrimEnd('/'),
        dataFolder,
        Convert.ToHexStringLower(SHA256.HashData(server.TufRoot)),
        server.ClientTrustConfigPath,
        server.InitialAccounts);

    public int ExitCode => Cli.ExitCode.Ok;

    /// <summary>The TUF repository, which is what clients are given.</summary>
    public string Repository => $"{Url}/tuf";

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = true,
            ["url"] = Url,
            ["tuf_url"] = Repository,
            ["root_fingerprint"] = Fingerprint,
            ["trust_config_path"] = TrustConfigPath,
            ["data"] = DataFolder,
        };
        if (Accounts is { } made)
        {
            json["accounts"] = new JsonObject
            {
                ["user"] = new JsonObject { ["name"] = made.UserName, ["email"] = made.UserEmail, ["password"] = made.UserPassword },
                ["machine"] = new JsonObject { ["name"] = made.MachineName, ["secret"] = made.MachineSecret },
            };
        }

        return json;
    }

    public void Describe(Report report)
    {
        report.Title(good: true, $"serving {Url}");
        report.Row("data", DataFolder);
        report.Row("config", TrustConfigPath);
        report.Heading("To trust it, on any machine that reaches it:");
        report.Line($"  aixv trust add local {Repository} --fingerprint {Fingerprint}");
        report.Line("  export AIXV_INSTANCE=local");
        if (Accounts is { } made)
        {
            report.Heading("Accounts, shown only now:");
            report.Row("person", $"{made.UserName} ({made.UserEmail}), password {made.UserPassword}");
            report.Row("machine", $"{made.MachineName}, secret {made.MachineSecret}");
        }

        report.Line("Ctrl-C stops it.");
    }
}

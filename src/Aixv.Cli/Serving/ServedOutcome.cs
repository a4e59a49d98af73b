using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Serving;

/// <summary>What a person needs to know of a server that has just started: where it is, how to trust it, how to sign in.</summary>
internal sealed record ServedOutcome(string Url, string DataFolder, ServedAuthority? Authority, string LogKey, FirstKey? FirstKey) : IOutcome
{
    public static ServedOutcome Of(RunningServer server, string dataFolder) => new(
        server.Url,
        dataFolder,
        server.Authority is { } sigstore
            ? new ServedAuthority(
                ServedAuthority.FingerprintOf(sigstore.TufRoot), Path.Combine(sigstore.PublicFolder, "client_trust_config.json"), sigstore.InitialAccounts)
            : null,
        server.Registry.LogKey,
        server.Registry.FirstKey);

    public int ExitCode => Cli.ExitCode.Ok;

    /// <summary>The TUF repository, which is what clients are given.</summary>
    public string Repository => $"{Url}/tuf";

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["ok"] = true, ["url"] = Url };
        if (Authority is { } authority)
        {
            json["tuf_url"] = Repository;
            json["root_fingerprint"] = authority.Fingerprint;
            json["trust_config_path"] = authority.TrustConfigPath;
        }

        json["data"] = DataFolder;
        if (Authority?.Accounts is { } made)
        {
            json["accounts"] = new JsonObject
            {
                ["user"] = new JsonObject { ["name"] = made.UserName, ["email"] = made.UserEmail, ["password"] = made.UserPassword },
                ["machine"] = new JsonObject { ["name"] = made.MachineName, ["secret"] = made.MachineSecret },
            };
        }

        json["log_key"] = LogKey;
        if (FirstKey is { } first)
        {
            json["registry"] = new JsonObject
            {
                ["tenant"] = first.Tenant,
                ["tenant_id"] = first.TenantId,
                ["admin_key"] = first.AdminKey,
                ["operator_key"] = first.OperatorKey,
            };
        }

        return json;
    }

    public void Describe(Report report)
    {
        report.Title(good: true, $"serving {Url}");
        report.Row("data", DataFolder);
        report.Row("log key", LogKey);
        if (Authority is { } authority)
        {
            report.Row("config", authority.TrustConfigPath);
            report.Heading("To trust it, on any machine that reaches it:");
            report.Line($"  aixv trust add local {Repository} --fingerprint {authority.Fingerprint}");
            report.Line("  export AIXV_INSTANCE=local");
        }

        if (Authority?.Accounts is { } made)
        {
            report.Heading("Accounts, shown only now:");
            report.Row("person", $"{made.UserName} ({made.UserEmail}), password {made.UserPassword}");
            report.Row("machine", $"{made.MachineName}, secret {made.MachineSecret}");
        }

        if (FirstKey is { } first)
        {
            report.Heading("Keys of the registry, shown only now:");
            report.Row("admin", $"{first.AdminKey} (tenant {first.Tenant}, {first.TenantId})");
            report.Row("operator", $"{first.OperatorKey} (makes tenants)");
        }

        report.Line("Ctrl-C stops it.");
    }
}

using System.Security.Cryptography;

namespace Aixv.Cli.Tests;

/// <summary>A folder in which several people sign, each by the private instance, and a policy names them.</summary>
internal sealed class ReleaseFolder : IDisposable
{
    public const string Release = "release@example.org";
    public const string Security = "security@example.org";
    public const string Officer = "officer@example.org";
    public const string Stranger = "stranger@example.org";

    private readonly PrivateInstance instance;

    public ReleaseFolder(PrivateInstance instance, bool isTerminal = false, TimeProvider? time = null)
    {
        this.instance = instance;
        Folder = new CliFolder { ForbidNetwork = false, IsTerminal = isTerminal, Time = time ?? TimeProvider.System };
    }

    public CliFolder Folder { get; }

    public void Dispose() => Folder.Dispose();

    public string[] Trust => ["--trust-config", instance.TrustConfig];

    /// <summary>Runs a command that signs, as this user.</summary>
    public Task<CliRun> AsAsync(string email, params string[] arguments) =>
        Folder.RunAsync([.. arguments, "--identity-token", instance.TokenOf(email), .. Trust, "--json"]);

    /// <summary>Runs a command that verifies.</summary>
    public Task<CliRun> RunAsync(params string[] arguments) => Folder.RunAsync([.. arguments, .. Trust, "--json"]);

    /// <summary>Replays a decision, for which no network and no trust is needed.</summary>
    public Task<CliRun> RunReplayAsync(string file, params string[] options) => Folder.RunAsync(["decision", "replay", file, .. options, "--json"]);

    /// <summary>The same, told in words.</summary>
    public Task<CliRun> SayAsync(params string[] arguments) => Folder.RunAsync([.. arguments, .. Trust]);

    /// <summary>Writes an artifact.</summary>
    /// <returns>Its digest.</returns>
    public string Model(string name, string content)
    {
        Folder.Write(name, content);
        return DigestOf(name);
    }

    public string DigestOf(string name) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder.Path, name))))}";

    /// <summary>Signs a record of this kind into the store.</summary>
    public async Task RecordAsync(string email, string kind, string id, string payload)
    {
        Folder.Write($"{id}.input.json", payload);
        (await AsAsync(email, "record", "create", "--kind", kind, "--record-id", id, "--input", $"{id}.input.json", "--sign")).Exits(0);
    }

    /// <summary>Attests an artifact.</summary>
    public async Task AttestAsync(string email, string artifact, string predicate, string claim)
    {
        Folder.Write($"{artifact}.{predicate}.input.json", claim);
        (await AsAsync(email, "attest", artifact, "--predicate", predicate, "--input", $"{artifact}.{predicate}.input.json")).Exits(0);
    }

    /// <summary>Signs a policy as the security officer; more members may follow.</summary>
    /// <returns>The options that apply it.</returns>
    public async Task<string[]> PolicyAsync(string more = "", string id = "policy")
    {
        await RecordAsync(Officer, "policy", id, $$"""
            {
              "policy_type": "aixv.policy/v1", "allow_subjects": ["{{Release}}"], "advisory_allow_subjects": ["{{Security}}"],
              "deny_advisory_severity_at_or_above": "high" {{(more.Length > 0 ? $", {more}" : "")}}
            }
            """);
        return ["--policy", $".aixv/policies/{id}.json", "--policy-trusted-subject", Officer];
    }

    public static string Advisory(string id, string digest, string severity = "critical", string? selector = null, string status = "active") => $$"""
        {
          "advisory_id": "{{id}}", "affected": [{"digest": "{{digest}}"{{(selector is null ? "" : $", \"selector\": \"{selector}\"")}}}],
          "severity": "{{severity}}", "status": "{{status}}", "reason_code": "poisoned-weights", "recommended_actions": ["roll back"]
        }
        """;
}

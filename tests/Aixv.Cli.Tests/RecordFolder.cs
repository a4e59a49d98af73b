namespace Aixv.Cli.Tests;

/// <summary>A folder with the documents that records are made of, and commands that sign with the private instance.</summary>
internal sealed class RecordFolder : IDisposable
{
    public const string Model = "sha256:9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4";

    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PrivateInstance instance;

    public RecordFolder(PrivateInstance instance)
    {
        this.instance = instance;
        Folder.Write("policy.json", """
            {
              "policy_type": "aixv.policy/v1",
              "allow_subjects": ["alice@example.com"],
              "allow_issuers": ["https://accounts.google.com"],
              "advisory_allow_subjects": ["security@aixv.org"],
              "max_bundle_age_days": 30,
              "deny_advisory_severity_at_or_above": "high",
              "require_no_active_advisories": false,
              "require_signed_advisories": true
            }
            """);
        Folder.Write("bundle.json", $$"""{"bundle_type": "aixv.bundle/v1", "bundle_id": "bundle-main", "primary": "{{Model}}", "members": ["{{Model["sha256:".Length..].ToUpperInvariant()}}"]}""");
        Folder.Write("advisory.json", $$"""{"affected": [{"digest": "{{Model}}"}], "reason_code": "poisoned-weights", "status": "active"}""");
        Folder.Write("waiver.json", $$"""
            {"waiver_id": "WVR-2026-01", "policy_id": "policy", "artifact_digests": ["{{Model}}"], "advisory_ids": ["ADV-2026-0001"],
             "reason": "filtered at the gateway", "approver": "Jane Doe", "expires_at": "2026-07-01T00:00:00+00:00"}
            """);
        Folder.Write("model.bin", "model");
    }

    public CliFolder Folder { get; } = new() { ForbidNetwork = false };

    public void Dispose() => Folder.Dispose();

    /// <summary>Runs a command that signs, as the private instance's machine.</summary>
    public Task<CliRun> SignedAsync(params string[] arguments)
    {
        Folder["SIGSTORE_ID_TOKEN"] = instance.Token;
        return Folder.RunAsync([.. arguments, "--sign", "--trust-config", instance.TrustConfig, "--json"]);
    }

    /// <summary>Runs a command that verifies.</summary>
    public Task<CliRun> TrustingAsync(string subject, params string[] arguments) =>
        Folder.RunAsync([.. arguments, "--trusted-subject", subject, "--trust-config", instance.TrustConfig, "--json"]);

    /// <summary>The same, trusting who signs in <see cref="SignedAsync"/>.</summary>
    public Task<CliRun> VerifiedAsync(params string[] arguments) => TrustingAsync(instance.Identity, arguments);

    /// <summary>The files of the store, without its lock.</summary>
    public string[] Files(string store = ".aixv")
    {
        var root = Path.Combine(Folder.Path, store);
        return !Directory.Exists(root) ? [] :
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(path => path != ".lock")
                .Order(StringComparer.Ordinal),
        ];
    }
}

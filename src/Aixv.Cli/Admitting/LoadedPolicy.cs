using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Policies;

namespace Aixv.Cli.Admitting;

/// <summary>A policy that a command judges by.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="Policy">What it asks.</param>
/// <param name="Id">The record's id, which waivers name; null for a policy that is no record.</param>
/// <param name="Signer">Who signed it; null where that was not verified.</param>
internal sealed record LoadedPolicy(string Path, Policy Policy, string? Id, SignerEvidence? Signer)
{
    public PolicyTrust Trust { get; } = new(Policy);

    public JsonObject ToJson() => new()
    {
        ["path"] = Path,
        ["policy_id"] = Id,
        ["policy_digest"] = Policy.Fingerprint.ToString(),
        ["signed"] = Signer is not null,
        ["signer"] = Signer?.ToJson(),
    };

    public override string ToString() => Signer is null ? $"{Path} (its signature was not asked for)" : $"{Path}, signed by {Signer.Subject}";
}

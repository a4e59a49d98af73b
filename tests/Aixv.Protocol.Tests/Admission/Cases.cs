using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Admission;

/// <summary>Evidence that a policy admits, for tests to spoil.</summary>
internal static class Cases
{
    public const string Issuer = "https://accounts.example.org";

    public static readonly DateTimeOffset Now = Samples.Now;

    public static readonly SignerEvidence Release = new("release@example.org", Issuer);

    public static readonly SignerEvidence Security = new("security@example.org", Issuer);

    public static readonly SignerEvidence Ciso = new("ciso@example.org", Issuer);

    public static readonly SignerEvidence Stranger = new("stranger@example.org", Issuer);

    public static SignatureEvidence Signature => new()
    {
        Signer = Release,
        IntegratedTime = Now.AddDays(-3),
        Times = [new TimeEvidence("timestamp-authority", Now.AddDays(-3), "https://tsa.example.org")],
        LogEntries = [new LogEvidence("log.example.org", 41, "hashedrekord 0.0.2", null)],
    };

    public static Evidence Good => new() { Artifact = Samples.Model, ArtifactName = "model.safetensors", PolicyId = "production", Signatures = [Signature] };

    public static Policy Policy(params (string Member, string Value)[] members)
    {
        var json = Samples.Policy;
        foreach (var (member, value) in members)
        {
            json[member] = JsonNode.Parse(value);
        }

        return Aixv.Protocol.Policies.Policy.Read(json);
    }

    public static AdvisoryEvidence Advisory(
        string status = "active", string severity = "critical", SignerEvidence? signer = null, int day = -1, string reason = "poisoned-weights", params ReachPath[] paths)
    {
        var json = Samples.Advisory(status: status, severity: severity);
        json["reason_code"] = reason;
        return new AdvisoryEvidence(Aixv.Protocol.Advisories.Advisory.Read(json), signer ?? Security, Now.AddDays(day), 0, paths.Length == 0 ? [ReachPath.Direct] : [.. paths]);
    }

    public static ReachPath Descendant(EvidenceTier tier = EvidenceTier.Attested, SignerEvidence? signer = null, string kind = "derived_from", bool tokenizer = false) =>
        new(Selector.Descendants, [new EdgeEvidence(kind, Samples.Base, Samples.Model, tier, tier == EvidenceTier.Attested ? signer ?? Release : null, tokenizer)]);

    public static WaiverEvidence Waiver(SignerEvidence? signer = null, params (string Member, string Value)[] members)
    {
        var json = Samples.Waiver;
        foreach (var (member, value) in members)
        {
            json[member] = JsonNode.Parse(value);
        }

        return new WaiverEvidence(Aixv.Protocol.Waivers.Waiver.Read(json), signer ?? Ciso, Now.AddDays(-1));
    }

    public static ImmutableArray<Digest> Members => [Samples.Model, Samples.Base];
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Catalogs;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Predicates;

namespace Aixv.Export.Operations;

/// <summary>
/// A policy-controller <c>ClusterImagePolicy</c> out of the policy that decided, for images of the artifact's digest. It asks who signed and
/// which attestations there are; advisories, ages and lineage have no place there.
/// </summary>
internal sealed class ClusterImagePolicyExporter() : YamlExporter(
    new("cluster-image-policy", "policy-controller ClusterImagePolicy", "v1beta1", "application/yaml", ".cip.yaml", ExportCategory.Operation) { Needs = ExportNeeds.Decision })
{
    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var missing = base.Missing(dossier).ToList();
        if (dossier.Decision is { } decision && Identities(decision.Policy).Count == 0)
        {
            missing.Add("a policy that names subjects and issuers whose certificates count (a managed key has no place in it)");
        }

        return missing;
    }

    protected override JsonObject Build(Dossier dossier)
    {
        var decision = dossier.Decision!;
        var evidence = EvidencePointer.Of(dossier);
        return new JsonObject
        {
            ["apiVersion"] = "policy.sigstore.dev/v1beta1",
            ["kind"] = "ClusterImagePolicy",
            ["metadata"] = new JsonObject
            {
                ["name"] = PolicyNames.Of(decision.Decision.PolicyId, decision.Decision.PolicyDigest.Hex),
                ["annotations"] = new JsonObject
                {
                    ["aixv.org/policy"] = decision.Decision.PolicyDigest.ToString(),
                    ["aixv.org/artifact"] = dossier.Artifact.Digest.ToString(),
                    ["aixv.org/not-expressed"] = "advisories, ages, lineage and denied signers of the policy are not checked by this object",
                }
                .With("aixv.org/bundle-sha256", evidence?.Digest.Hex)
                .With("aixv.org/log-index", evidence?.LogIndex?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            },
            ["spec"] = new JsonObject
            {
                ["images"] = new JsonArray(new JsonObject { ["glob"] = $"**@{dossier.Artifact.Digest}" }),
                ["mode"] = "enforce",
                ["authorities"] = new JsonArray(Authority(dossier, decision.Policy)),
            },
        };
    }

    private static JsonObject Authority(Dossier dossier, Policy policy)
    {
        var log = EvidencePointer.Of(dossier)?.Log?.Split(' ')[0];
        var isHost = log is not null && log.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(log.Split('/')[0]) == UriHostNameType.Dns;
        return new JsonObject
        {
            ["name"] = "signer",
            ["keyless"] = new JsonObject { ["identities"] = Identities(policy) },
        }
        .With("ctlog", isHost ? new JsonObject { ["url"] = $"https://{log}" } : null)
        .With("attestations", Predicates(dossier, policy).Select((type, i) => (JsonNode?)new JsonObject
        {
            ["name"] = $"required-{i + 1}",
            ["predicateType"] = type,
            ["policy"] = new JsonObject { ["type"] = "cue", ["data"] = $"predicateType: {CueText(type)}" },
        }).ToJsonArray());
    }

    private static IEnumerable<string> Predicates(Dossier dossier, Policy policy) => policy.RequiredPredicates
        .Where(required => required.Key == "*" || required.Key == dossier.Artifact.Type)
        .SelectMany(required => required.Value)
        .Select(name => PredicateTypes.Find(name)?.Uri ?? name)
        .Distinct(StringComparer.Ordinal);

    /// <summary>Every subject with every issuer.</summary>
    private static JsonArray Identities(Policy policy)
    {
        var subjects = Names(policy.Subject, policy.AllowSubjects, policy.AllowSubjectPatterns, "subject").ToList();
        var issuers = Names(policy.Issuer, policy.AllowIssuers, policy.AllowIssuerPatterns, "issuer").ToList();
        return subjects.SelectMany(subject => issuers.Select(issuer => (JsonNode?)new JsonObject { [issuer.Name] = issuer.Value, [subject.Name] = subject.Value })).ToJsonArray();
    }

    private static IEnumerable<(string Name, string Value)> Names(string? one, ImmutableArray<string> exact, ImmutableArray<string> patterns, string name) =>
    [
        .. exact.Concat(one is null ? [] : [one]).Where(value => !value.StartsWith("key:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Select(value => (name, value)),
        .. patterns.Distinct(StringComparer.Ordinal).Select(glob => ($"{name}RegExp", PolicyNames.Expression(glob))),
    ];

    /// <summary>A text in CUE, whose escapes are those of JSON.</summary>
    private static string CueText(string text) => YamlText.Quoted(text);

    protected override bool Recognizes(IReadOnlyDictionary<string, string> members) =>
        members.GetValueOrDefault("kind") == "ClusterImagePolicy" && members.GetValueOrDefault("apiVersion")?.StartsWith("policy.sigstore.dev/", StringComparison.Ordinal) == true;

    protected override IEnumerable<string> Faults(IReadOnlyDictionary<string, string> members)
    {
        foreach (var required in (string[])["metadata.name", "spec.images"])
        {
            if (!members.ContainsKey(required))
            {
                yield return $"{required} is required";
            }
        }

        if (members.TryGetValue("spec.mode", out var mode) && mode is not ("enforce" or "warn"))
        {
            yield return "spec.mode: enforce or warn is expected";
        }
    }
}

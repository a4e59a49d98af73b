using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Graphs;

/// <summary>The lineage in the terms of PROV-DM, the same for every serialisation; read anew at every call, so that it can be streamed.</summary>
internal sealed class ProvLineage(Dossier dossier)
{
    /// <summary>The namespaces by their prefixes.</summary>
    public static IReadOnlyList<(string Prefix, string Uri)> Prefixes { get; } =
    [
        ("sha256", "urn:sha256:"),
        ("described", "https://aixv.org/described/"),
        ("agent", "https://aixv.org/agents/"),
        ("activity", "urn:uuid:"),
        ("aixv", "https://aixv.org/ns#"),
    ];

    private bool IsTrainingAttested => dossier.Training?.Bundle is not null;

    private string Activity => $"activity:{NameUuid.Of("prov", dossier.Artifact.Digest, "training")}";

    private static string Id(Digest digest) => $"sha256:{digest.Hex}";

    private static string Id(Digest? digest, string key) => digest is not null ? Id(digest) : $"described:{Hash(key)}";

    private static string Id(SignerEvidence signer) => $"agent:{Hash($"{signer.Subject}\n{signer.Issuer}")}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private bool HasActivity => dossier.Run is not null || dossier.Parents is { Length: > 0 } || dossier.Datasets is { Length: > 0 };

    /// <summary>The records of one kind, each once.</summary>
    public IEnumerable<ProvRecord> Records(ProvKind kind) => kind switch
    {
        ProvKind.Entity => Nodes().Concat(Others()).Concat(Attestations()),
        ProvKind.Activity => HasActivity ? [TrainingActivity()] : [],
        ProvKind.Agent => Signers().Select(Agent),
        ProvKind.Generation => HasActivity ? [Relation(kind, [Id(dossier.Artifact.Digest), Activity], [Standing()], dossier.Run?.FinishedOn)] : [],
        ProvKind.Usage => HasActivity ? Usages() : [],
        ProvKind.Derivation => dossier.Lineage.Edges.Where(edge => edge.Kind != EdgeKind.EvaluatedWith).Select(edge => Derivation(kind, edge)),
        ProvKind.Attribution => dossier.Bundles.Select(bundle => Relation(kind, [Id(bundle.Digest), Id(bundle.Signature.Signer)], [])),
        ProvKind.Association => HasActivity && dossier.Training?.Bundle is { } by ? [Association(by)] : [],
        ProvKind.Influence => dossier.Lineage.Edges.Where(edge => edge.Kind == EdgeKind.EvaluatedWith).Select(edge => Derivation(kind, edge)),
    };

    /// <summary>What each attestation says on its own: a PROV bundle, named by the digest of its statement.</summary>
    public IEnumerable<(string Id, IReadOnlyList<ProvRecord> Records)> Bundles() => dossier.Attestations
        .DistinctBy(attestation => attestation.Digest)
        .Select(attestation => (Id(attestation.Digest), (IReadOnlyList<ProvRecord>)
        [
            new ProvRecord(ProvKind.Entity, Id(dossier.Artifact.Digest), [], [new("aixv:statedBy", attestation.PredicateType)]),
            .. ReferenceEquals(attestation, dossier.Training) ? Claimed() : [],
        ]));

    private IEnumerable<ProvRecord> Claimed()
    {
        foreach (var reference in (dossier.Parents ?? []).Concat(dossier.Datasets ?? []).DistinctBy(r => r.Key, StringComparer.Ordinal))
        {
            yield return new ProvRecord(ProvKind.Entity, Id(reference.Digest, reference.Key), [], [new("prov:label", reference.Label)]);
            yield return Relation(ProvKind.Derivation, [Id(dossier.Artifact.Digest), Id(reference.Digest, reference.Key)], []);
        }
    }

    private IEnumerable<ProvRecord> Nodes()
    {
        var isMissing = true;
        foreach (var node in dossier.Lineage.Nodes)
        {
            isMissing &= !node.IsArtifact;
            yield return new ProvRecord(ProvKind.Entity, Id(node.Digest, node.Key), [], [.. Attributes(node)]);
        }

        if (isMissing)
        {
            yield return new ProvRecord(ProvKind.Entity, Id(dossier.Artifact.Digest), [], [new("prov:label", dossier.Artifact.Name)]);
        }
    }

    private IEnumerable<ProvAttribute> Attributes(LineageNodeFacts node)
    {
        foreach (var (name, value) in GraphFacts.OfNode(node, dossier))
        {
            yield return name switch
            {
                "label" => new ProvAttribute("prov:label", value),
                "kind" => new ProvAttribute("prov:type", $"aixv:{value}", ProvValueType.QualifiedName),
                "artifact" => new ProvAttribute("aixv:isArtifact", value, ProvValueType.Boolean),
                "uri" when Uris.IsAbsolute(value) => new ProvAttribute("prov:location", value, ProvValueType.Uri),
                _ => new ProvAttribute($"aixv:{name}", value),
            };
        }
    }

    /// <summary>Training code, environment and the like, which are no nodes of the lineage unless a record says so.</summary>
    private IEnumerable<ProvRecord> Others()
    {
        foreach (var (digest, uri, type) in new[] { (dossier.Run?.CodeDigest, dossier.Run?.CodeUri, "code"), (dossier.Run?.EnvironmentDigest, dossier.Run?.EnvironmentUri, "environment") })
        {
            if (digest is not null && !dossier.Lineage.Nodes.Any(node => node.Digest == digest))
            {
                yield return new ProvRecord(ProvKind.Entity, Id(digest), [],
                [
                    new("prov:type", type == "code" ? "prov:Plan" : "aixv:environment", ProvValueType.QualifiedName),
                    new("prov:label", $"training {type}"),
                    .. uri is null ? (ProvAttribute[])[] : Uris.IsAbsolute(uri) ? [new("prov:location", uri, ProvValueType.Uri)] : [new("aixv:uri", uri)],
                ]);
            }
        }
    }

    private IEnumerable<ProvRecord> Attestations()
    {
        foreach (var attestation in dossier.Attestations.DistinctBy(a => a.Digest))
        {
            yield return new ProvRecord(ProvKind.Entity, Id(attestation.Digest), [],
            [
                new("prov:type", "prov:Bundle", ProvValueType.QualifiedName),
                new("aixv:predicateType", attestation.PredicateType),
                new("aixv:tier", attestation.Tier.ToName()),
                .. attestation.Bundle is { } bundle ? (ProvAttribute[])[new("aixv:signedBy", Id(bundle.Digest), ProvValueType.QualifiedName)] : [],
            ]);
        }

        foreach (var bundle in dossier.Bundles)
        {
            yield return new ProvRecord(ProvKind.Entity, Id(bundle.Digest), [], [.. Attributes(bundle)]);
        }
    }

    private static IEnumerable<ProvAttribute> Attributes(BundleFacts bundle)
    {
        var evidence = EvidencePointer.Of(bundle);
        yield return new("prov:type", "aixv:signatureBundle", ProvValueType.QualifiedName);
        yield return new("aixv:mediaType", evidence.MediaType);
        if (evidence.Location is { } location)
        {
            yield return Uris.IsAbsolute(location) ? new("prov:location", location, ProvValueType.Uri) : new("aixv:file", location);
        }

        if (evidence is { Log: { } log, LogIndex: { } index })
        {
            yield return new("aixv:log", log);
            yield return new("aixv:logIndex", index.ToString(CultureInfo.InvariantCulture), ProvValueType.Integer);
        }

        if (evidence.Time is { } time)
        {
            yield return new("aixv:integratedTime", time.ToRfc3339(), ProvValueType.Time);
        }
    }

    private ProvRecord TrainingActivity()
    {
        var run = dossier.Run;
        List<ProvAttribute> attributes = [new("prov:type", "aixv:training", ProvValueType.QualifiedName), Standing()];
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                attributes.Add(new ProvAttribute(name, value));
            }
        }

        Add("aixv:framework", run?.Framework);
        Add("aixv:frameworkVersion", run?.FrameworkVersion);
        Add("aixv:invocation", run?.InvocationId);
        Add("aixv:hyperparameters", Json(run?.Hyperparameters));
        Add("aixv:compute", Json(run?.Compute));
        return new ProvRecord(ProvKind.Activity, Activity, [], attributes, run?.StartedOn, run?.FinishedOn);
    }

    private static string? Json(JsonObject? values) => values is { Count: > 0 } ? Encoding.UTF8.GetString(SortedJson.Serialize(values)) : null;

    private IEnumerable<ProvRecord> Usages()
    {
        foreach (var parent in (dossier.Parents ?? []).DistinctBy(p => p.Key, StringComparer.Ordinal))
        {
            yield return Usage(Id(parent.Digest, parent.Key), "parent-model");
        }

        foreach (var dataset in (dossier.Datasets ?? []).DistinctBy(d => (d.Key, d.Split)))
        {
            yield return Usage(Id(dataset.Digest, dataset.Key), dataset.Split ?? "dataset");
        }

        if (dossier.Run?.CodeDigest is { } code)
        {
            yield return Usage(Id(code), "code");
        }

        if (dossier.Run?.EnvironmentDigest is { } environment)
        {
            yield return Usage(Id(environment), "environment");
        }
    }

    private ProvRecord Usage(string entity, string role) => Relation(ProvKind.Usage, [Activity, entity], [new("prov:role", role), Standing()]);

    private ProvRecord Association(BundleFacts by) => Relation(
        ProvKind.Association,
        [Activity, Id(by.Signature.Signer), dossier.Run?.CodeDigest is { } plan ? Id(plan) : null],
        [new("prov:role", "signer of the training claim")]);

    private static ProvRecord Derivation(ProvKind kind, LineageEdgeFacts edge) => Relation(
        kind,
        [Id(edge.ChildDigest, edge.ChildKey), Id(edge.ParentDigest, edge.ParentKey)],
        [
            .. edge.Kind == EdgeKind.TrainedOn ? (ProvAttribute[])[new("prov:type", "prov:PrimarySource", ProvValueType.QualifiedName)] : [],
            .. GraphFacts.OfEdge(edge).Select(fact => fact.Name switch
            {
                "attested" => new ProvAttribute("aixv:attested", fact.Value, ProvValueType.Boolean),
                "log_index" => new ProvAttribute("aixv:logIndex", fact.Value, ProvValueType.Integer),
                "integrated_time" => new ProvAttribute("aixv:integratedTime", fact.Value, ProvValueType.Time),
                _ => new ProvAttribute($"aixv:{fact.Name}", fact.Value),
            }),
        ]);

    /// <summary>Whether a verified signature stands behind what the training claim says.</summary>
    private ProvAttribute Standing() => new("aixv:attested", IsTrainingAttested ? "true" : "false", ProvValueType.Boolean);

    private static ProvRecord Relation(ProvKind kind, IReadOnlyList<string?> ends, IReadOnlyList<ProvAttribute> attributes, DateTimeOffset? time = null) =>
        new(kind, null, ends, attributes, time);

    private IEnumerable<SignerEvidence> Signers() => dossier.Bundles.Select(b => b.Signature.Signer).DistinctBy(Id, StringComparer.Ordinal);

    private static ProvRecord Agent(SignerEvidence signer) => new(ProvKind.Agent, Id(signer), [],
    [
        new("prov:label", signer.Subject),
        new("aixv:subject", signer.Subject),
        .. signer.Issuer is null ? (ProvAttribute[])[] : [new("aixv:issuer", signer.Issuer)],
        .. signer.Claims.Select(claim => new ProvAttribute($"aixv:certificate_{claim.Key}", claim.Value)),
    ]);
}

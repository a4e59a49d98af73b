using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>The facts of a dossier in AIXV's own JSON. What is not known is absent; a list that is there is all that the claim says, empty ones too.</summary>
internal static class NativeFacts
{
    public static JsonObject Of(Dossier dossier)
    {
        var json = new JsonObject
        {
            ["schema"] = NativeExporter.Schema,
            ["artifact"] = Of(dossier.Artifact),
            ["time"] = Rfc3339.Format(dossier.Time),
            ["tool_version"] = dossier.ToolVersion,
            ["files"] = List(dossier.Files, Of),
            ["attestations"] = List(dossier.Attestations, Of),
            ["benchmarks"] = List(dossier.Benchmarks, Of),
            ["bundles"] = List(dossier.Bundles, Of),
            ["advisories"] = List(dossier.Advisories, Of),
            ["advisories_checked"] = dossier.AdvisoriesWereChecked,
            ["memberships"] = List(dossier.Memberships, m => m.ToJson()),
            ["receipts"] = List(dossier.Receipts, Of),
        };
        Add(json, "parents", dossier.Parents is { } parents ? List(parents, Of) : null);
        Add(json, "datasets", dossier.Datasets is { } datasets ? List(datasets, Of) : null);
        Add(json, "run", dossier.Run is { } run ? Of(run) : null);
        Add(json, "training_claim", dossier.Training?.Digest.ToString());
        Add(json, "decision", dossier.Decision is { } decision ? Of(decision) : null);
        Add(json, "declared", dossier.Declared.IsEmpty ? null : DeclaredJson.Of(dossier.Declared));
        Add(json, "trust_root", dossier.TrustRoot);
        Add(json, "advisory_feed", dossier.AdvisoryFeed);
        return json;
    }

    public static JsonObject Of(LineageNodeFacts node)
    {
        var json = new JsonObject { ["key"] = node.Key, ["kind"] = Word(node.Kind), ["tier"] = node.Tier.ToName() };
        Add(json, "digest", node.Digest?.ToString());
        Add(json, "name", node.Name);
        Add(json, "uri", node.Uri);
        Add(json, "is_artifact", node.IsArtifact ? true : null);
        Add(json, "recalled_by", node.RecalledBy.IsEmpty ? null : Texts(node.RecalledBy));
        return json;
    }

    public static JsonObject Of(LineageEdgeFacts edge)
    {
        var json = new JsonObject { ["child"] = edge.ChildKey, ["parent"] = edge.ParentKey, ["relation"] = edge.RelationName, ["tier"] = edge.Tier.ToName() };
        Add(json, "detail", edge.Relation == EdgeRelation.Unspecified ? null : edge.Relation.ToName());
        Add(json, "split", edge.Split);
        Add(json, "log_index", edge.LogEntry is { } entry ? entry.Index : null);
        return json;
    }

    private static JsonObject Of(ArtifactFacts artifact)
    {
        var json = new JsonObject { ["digest"] = artifact.Digest.ToString(), ["name"] = artifact.Name };
        Add(json, "size", artifact.Size);
        Add(json, "media_type", artifact.MediaType);
        Add(json, "uri", artifact.Uri);
        Add(json, "version", artifact.Version);
        Add(json, "type", artifact.Type);
        Add(json, "purl", artifact.Purl);
        return json;
    }

    private static JsonObject Of(FileFacts file)
    {
        var json = new JsonObject { ["name"] = file.Name, ["digest"] = file.Digest.ToString() };
        Add(json, "size", file.Size);
        return json;
    }

    private static JsonObject Of(AttestationFacts attestation)
    {
        var json = new JsonObject
        {
            ["predicate_type"] = attestation.PredicateType,
            ["digest"] = attestation.Digest.ToString(),
            ["tier"] = attestation.Tier.ToName(),
            ["trusted"] = attestation.IsTrusted,
            ["statement"] = attestation.Statement.DeepClone(),
        };
        Add(json, "bundle", attestation.Bundle?.Digest.ToString());
        Add(json, "created_at", Time(attestation.CreatedAt));
        Add(json, "location", attestation.Location);
        return json;
    }

    private static JsonObject Of(BundleFacts bundle)
    {
        var json = new JsonObject { ["digest"] = bundle.Digest.ToString(), ["media_type"] = bundle.MediaType, ["signature"] = bundle.Signature.ToJson() };
        Add(json, "location", bundle.Location);
        Add(json, "certificate_digest", bundle.Certificate is { } certificate ? Digest.Of(certificate.Span).ToString() : null);
        if (bundle.LogEntry is { Inclusion: { } proof } entry)
        {
            json["inclusion"] = new JsonObject
            {
                ["log_id"] = Convert.ToHexStringLower(entry.LogId.Span),
                ["index"] = proof.LogIndex,
                ["tree_size"] = proof.TreeSize,
                ["root_hash"] = Convert.ToBase64String(proof.RootHash.Span),
                ["hashes"] = new JsonArray([.. proof.Hashes.Select(hash => (JsonNode)Convert.ToBase64String(hash.Span))]),
                ["checkpoint"] = proof.Checkpoint,
            };
        }

        return json;
    }

    private static JsonObject Of(ReferenceFacts reference)
    {
        var json = new JsonObject { ["tier"] = reference.Tier.ToName() };
        Add(json, "digest", reference.Digest?.ToString());
        Add(json, "uri", reference.Uri);
        Add(json, "name", reference.Name);
        Add(json, "split", reference.Split);
        Add(json, "relation", reference.Relation);
        Add(json, "recalled_by", reference.RecalledBy.IsEmpty ? null : Texts(reference.RecalledBy));
        return json;
    }

    private static JsonObject Of(TrainingFacts run)
    {
        var json = new JsonObject
        {
            ["hyperparameters"] = run.Hyperparameters.DeepClone(), ["compute"] = run.Compute.DeepClone(), ["others"] = run.Others.DeepClone(),
        };
        Add(json, "framework", run.Framework);
        Add(json, "framework_version", run.FrameworkVersion);
        Add(json, "code_digest", run.CodeDigest?.ToString());
        Add(json, "code_uri", run.CodeUri);
        Add(json, "environment_digest", run.EnvironmentDigest?.ToString());
        Add(json, "environment_uri", run.EnvironmentUri);
        Add(json, "started_on", Time(run.StartedOn));
        Add(json, "finished_on", Time(run.FinishedOn));
        Add(json, "invocation_id", run.InvocationId);
        return json;
    }

    private static JsonObject Of(BenchmarkFacts benchmark)
    {
        var json = new JsonObject
        {
            ["name"] = benchmark.Name, ["metric"] = benchmark.Metric, ["value"] = benchmark.Value?.DeepClone(),
            ["evidence"] = benchmark.Evidence.ToString(), ["attested"] = benchmark.IsAttested,
        };
        Add(json, "confidence", benchmark.Confidence?.DeepClone());
        return json;
    }

    private static JsonObject Of(AdvisoryFacts found)
    {
        var json = new JsonObject { ["advisory"] = found.Advisory.ToJson(), ["trusted"] = found.IsTrusted, ["certain"] = found.IsCertain };
        Add(json, "signer", found.Signer?.ToJson());
        Add(json, "first_seen", Time(found.FirstSeen));
        Add(json, "last_seen", Time(found.LastSeen));
        Add(json, "location", found.Location);
        json["path"] = List(found.Path, step => new JsonObject { ["from"] = step.FromKey, ["to"] = step.ToKey, ["relation"] = step.Relation });
        return json;
    }

    private static JsonObject Of(DecisionFacts decision)
    {
        var json = decision.Decision.ToJson();
        Add(json, "level", decision.Level);
        Add(json, "policy_signer", decision.PolicySigner?.ToJson());
        return json;
    }

    private static JsonObject Of(ReceiptFacts receipt)
    {
        var json = new JsonObject { ["receipt"] = Convert.ToBase64String(receipt.Bytes.Span) };
        Add(json, "signed_statement", receipt.SignedStatement is { } statement ? Convert.ToBase64String(statement.Span) : null);
        return json;
    }

    private static string Word(LineageNodeKind kind) => kind switch
    {
        LineageNodeKind.Model => "model",
        LineageNodeKind.Dataset => "dataset",
        LineageNodeKind.Deployment => "deployment",
    };

    private static string? Time(DateTimeOffset? time) => time is { } known ? Rfc3339.Format(known) : null;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static JsonArray List<T>(ImmutableArray<T> items, Func<T, JsonObject> of) => new([.. items.Select(item => (JsonNode)of(item))]);

    internal static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Operations;

/// <summary>CloudEvents 1.0.2: one event on the artifact, of the most telling thing that is known: a decision, an advisory, an attestation.</summary>
internal sealed class CloudEventsExporter()
    : JsonExporter(new("cloudevents", "CloudEvents", "1.0.2", "application/cloudevents+json", ".cloudevent.json", ExportCategory.Operation))
{
    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return dossier.Decision is null && dossier.Advisories.IsEmpty && dossier.Attestations.IsEmpty ? ["a decision (--policy FILE), an advisory or an attestation"] : [];
    }

    protected override JsonNode Build(Dossier dossier)
    {
        var (type, time, schema) = Kind(dossier);
        return new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = NameUuid.Of("cloudevents", dossier.Artifact.Digest, $"{type}\n{time.ToRfc3339()}").ToString(),
            ["source"] = "https://aixv.org/exports",
            ["type"] = type,
            ["subject"] = dossier.Artifact.Digest.ToString(),
            ["time"] = time.ToRfc3339(),
            ["datacontenttype"] = "application/json",
            ["dataschema"] = schema,
            ["data"] = Data(dossier),
        };
    }

    private static (string Type, DateTimeOffset Time, string Schema) Kind(Dossier dossier)
    {
        if (dossier.Decision?.Decision is { } decision)
        {
            return ($"org.aixv.decision.{(decision.IsAdmitted ? "allowed" : "denied")}.v1", decision.DecidedAt, "https://aixv.org/schemas/event/decision/v1");
        }

        return dossier.Advisories is [var first, ..]
            ? ("org.aixv.advisory.published.v1", first.LastSeen ?? dossier.Time, "https://aixv.org/schemas/event/advisory/v1")
            : ("org.aixv.attestation.created.v1", dossier.Attestations[0].Time ?? dossier.Time, "https://aixv.org/schemas/event/attestation/v1");
    }

    private static JsonObject Data(Dossier dossier)
    {
        var evidence = EvidencePointer.Of(dossier);
        var data = new JsonObject { ["artifact"] = dossier.Artifact.Digest.ToString(), ["name"] = dossier.Artifact.Name }
            .With("uri", dossier.Artifact.Uri)
            .With("version", dossier.Artifact.Version)
            .With("purl", dossier.Artifact.Purl)
            .With("decision", dossier.Decision?.Decision is { } decision ? new JsonObject
            {
                ["decision"] = decision.Decision.ToWord(),
                ["policy_digest"] = decision.PolicyDigest.ToString(),
            }
            .With("policy_id", decision.PolicyId)
            .With("assurance_level", dossier.Decision.Level)
            .With("violations", decision.Violations.Select(v => (JsonNode?)new JsonObject { ["code"] = v.Code.ToCode(), ["message"] = v.Message, ["remedy"] = v.Remedy }
                .With("waived_by", decision.Waived.GetValueOrDefault(v))).ToJsonArray()) : null)
            .With("advisories", dossier.Advisories.Select(a => (JsonNode?)new JsonObject
            {
                ["advisory_id"] = a.Advisory.Id,
                ["severity"] = a.Advisory.Severity.ToWord(),
                ["status"] = a.Advisory.Status.ToWord(),
                ["reason_code"] = a.Advisory.ReasonCode,
                ["recall"] = a.IsRecall,
            }
            .With("issuer", a.Signer?.Subject)
            .With("recommended_actions", a.Advisory.RecommendedActions.ToJsonArray())).ToJsonArray())
            .With("attestations", dossier.Attestations.Select(a => (JsonNode?)new JsonObject
            {
                ["predicate_type"] = a.PredicateType,
                ["digest"] = a.Digest.ToString(),
                ["attested"] = a.Bundle is not null,
            }).ToJsonArray())
            .With("evidence", evidence is null ? null : new JsonObject { ["bundle_digest"] = evidence.Digest.ToString() }
                .With("bundle", evidence.Location)
                .With("signer", dossier.Signer?.Subject)
                .With("issuer", dossier.Signer?.Issuer)
                .With("log", evidence.Log)
                .With("log_index", evidence.LogIndex?.ToString(CultureInfo.InvariantCulture)));
        AddReferences(data, "parents", dossier.Parents);
        AddReferences(data, "datasets", dossier.Datasets);
        return data;
    }

    /// <summary>An empty list says that there are none; no list, that nothing is known.</summary>
    private static void AddReferences(JsonObject data, string name, ImmutableArray<ReferenceFacts>? references)
    {
        if (references is { } known)
        {
            data[name] = known.Select(r => (JsonNode?)new JsonObject().With("name", r.Name).With("uri", r.Uri).With("digest", r.Digest?.ToString()).With("split", r.Split)).ToJsonArray();
        }
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { } root && root.ContainsKey("specversion") && root.ContainsKey("type") && root.ContainsKey("source");
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, root =>
    {
        foreach (var required in (string[])["id", "source", "type", "specversion"])
        {
            root.Text(required, required: true, notEmpty: true);
        }

        if (root.Has("specversion") && root.Text("specversion") is { } version && version != "1.0")
        {
            root.Fault("specversion: 1.0 is expected");
        }

        if (root.Has("time") && root.Text("time") is { } time && !Rfc3339.TryParse(time, out _))
        {
            root.Fault("time: an RFC 3339 time is expected");
        }

        if (root.Has("data") && root.Has("data_base64"))
        {
            root.Fault("data and data_base64 exclude each other");
        }

        foreach (var (name, _) in root.Members!)
        {
            if (name.Length == 0 || (name != "data_base64" && !name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit))))
            {
                root.Fault($"{Reports.ShownText.Of(name, 40)}: attributes have names of lower-case letters and digits");
            }
        }
    });
}

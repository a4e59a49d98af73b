using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Catalogs;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Graphs;

/// <summary>RO-Crate 1.2 metadata: the artifact, what it was made from, and the training as an action.</summary>
internal sealed class RoCrateExporter() : JsonExporter(
    new("ro-crate", "RO-Crate", "1.2", "application/ld+json", ".ro-crate.json", ExportCategory.Graph) { FileName = "ro-crate-metadata.json" })
{
    private const string Context = "https://w3id.org/ro/crate/1.2/context";
    private const string Profile = "https://w3id.org/ro/crate/1.2";
    private const string Descriptor = "ro-crate-metadata.json";

    private static readonly string[] RootMembers = ["name", "description", "datePublished", "license"];

    protected override JsonNode Build(Dossier dossier)
    {
        var entities = new OrderedDictionary<string, JsonObject>(StringComparer.Ordinal)
        {
            [Descriptor] = new() { ["@id"] = Descriptor, ["@type"] = "CreativeWork", ["conformsTo"] = Ref(Profile), ["about"] = Ref("./") },
            ["./"] = [],
        };
        void Add(JsonObject? entity)
        {
            if (entity is not null)
            {
                entities.TryAdd(JsonMembers.Text(entity, "@id")!, entity);
            }
        }

        var artifact = File(dossier.Artifact.Digest, dossier.Artifact.Name, dossier.Artifact.Uri);
        artifact.With("contentSize", dossier.Artifact.Size?.ToString(CultureInfo.InvariantCulture)).With("encodingFormat", dossier.Artifact.MediaType).With("version", dossier.Artifact.Version);
        Add(artifact);
        var inputs = (dossier.Parents ?? []).Select(p => (p, "parent model")).Concat((dossier.Datasets ?? []).Select(d => (d, "dataset"))).Select(Input).ToList();
        inputs.ForEach(Add);
        var based = inputs.Select(e => JsonMembers.Text(e, "@id")!).Distinct(StringComparer.Ordinal).Select(id => (JsonNode?)Ref(id)).ToList();
        artifact.With("isBasedOn", based.Select(b => b!.DeepClone()).ToJsonArray());
        var evidence = SchemaOrg.Evidence(dossier);
        if (evidence is not null)
        {
            evidence["@type"] = "CreativeWork";
            Flatten(evidence);
            Add(evidence);
            artifact["subjectOf"] = Ref(JsonMembers.Text(evidence, "@id")!);
        }

        foreach (var tool in Tools(dossier))
        {
            Add(tool);
        }

        Agent(dossier, Add);
        var training = Training(dossier, based);
        Add(training);
        foreach (var author in SchemaOrg.Authors(dossier.Declared).Select((party, i) => Person(party, i)))
        {
            Add(author);
        }

        entities["./"] = Root(dossier, entities.Values.Where(IsData).Select(e => (JsonNode?)Ref(JsonMembers.Text(e, "@id")!)).ToJsonArray(), training is not null);
        return new JsonObject { ["@context"] = Context, ["@graph"] = entities.Values.Select(e => (JsonNode?)e).ToJsonArray() };
    }

    private static JsonObject Root(Dossier dossier, JsonArray parts, bool hasTraining) => new JsonObject
    {
        ["@id"] = "./",
        ["@type"] = "Dataset",
        ["name"] = $"Provenance of {dossier.Artifact.Name}",
        ["description"] = dossier.Declared.Description ?? "What is known of how this artifact was made, and the evidence for it.",
        ["datePublished"] = (dossier.Declared.ReleasedAt ?? dossier.Time).ToRfc3339(),
        ["license"] = Uris.WebOrNull(JsonMembers.Text(SchemaOrg.Licence(dossier.Declared.Licence))) is { } web
            ? new JsonObject { ["@id"] = web }
            : JsonValue.Create(dossier.Declared.Licence ?? "The licence of the artifact is not known to whoever made this crate."),
    }
    .With("hasPart", parts)
    .With("mentions", hasTraining ? new JsonArray(Ref("#training")) : null)
    .With("author", SchemaOrg.Authors(dossier.Declared).Select((party, i) => (JsonNode?)Ref(PersonId(party, i))).ToJsonArray());

    private static bool IsData(JsonObject entity) => JsonMembers.Text(entity, "@type") is "File" || JsonMembers.Text(entity, "@id") is not null and not ("./" or Descriptor) && JsonMembers.Text(entity, "@type") is "Dataset";

    private static JsonObject File(Digest? digest, string name, string? uri)
    {
        var file = new JsonObject { ["@id"] = digest is not null ? $"urn:sha256:{digest.Hex}" : Uris.AbsoluteOrNull(uri) ?? $"#{Uri.EscapeDataString(Reports.ShownText.Short(name, 64))}", ["@type"] = "File", ["name"] = name };
        return file.With("sha256", digest?.Hex).With("contentUrl", Uris.AbsoluteOrNull(uri));
    }

    private static JsonObject Input((ReferenceFacts Reference, string Kind) input)
    {
        var (reference, kind) = input;
        var file = File(reference.Digest, reference.Label, reference.Uri);
        // Without a digest or an address it is no data entity: there is nothing to point at.
        file["@type"] = reference.Digest is null && !Uris.IsAbsolute(reference.Uri) ? "CreativeWork" : "File";
        return file.With("description", reference.Split is null && reference.Relation is null ? kind : $"{kind}: {reference.Split ?? reference.Relation}");
    }

    private static IEnumerable<JsonObject> Tools(Dossier dossier)
    {
        if (dossier.Run?.CodeDigest is { } code)
        {
            var file = File(code, "training code", dossier.Run.CodeUri);
            file["@type"] = "SoftwareSourceCode";
            yield return file;
        }

        if (dossier.Run?.EnvironmentDigest is { } environment)
        {
            var file = File(environment, "training environment", dossier.Run.EnvironmentUri);
            file["@type"] = "SoftwareApplication";
            yield return file;
        }

        if (dossier.Run?.Framework is { } framework)
        {
            yield return new JsonObject { ["@id"] = "#framework", ["@type"] = "SoftwareApplication", ["name"] = framework }.With("softwareVersion", dossier.Run.FrameworkVersion);
        }
    }

    private static void Agent(Dossier dossier, Action<JsonObject?> add)
    {
        if (dossier.Signer is { } signer)
        {
            add(new JsonObject { ["@id"] = "#signer", ["@type"] = signer.Subject.Contains('@', StringComparison.Ordinal) && !signer.Subject.Contains('/', StringComparison.Ordinal) ? "Person" : "SoftwareApplication", ["name"] = signer.Subject }
                .With("description", signer.Issuer is { } issuer ? $"Signer of the evidence, vouched for by {issuer}" : "Signer of the evidence, by a managed key"));
        }
    }

    private static JsonObject? Training(Dossier dossier, IEnumerable<JsonNode?> inputs)
    {
        var action = new JsonObject { ["@id"] = "#training", ["@type"] = "CreateAction", ["name"] = "Training", ["result"] = Ref($"urn:sha256:{dossier.Artifact.Digest.Hex}") };
        action["description"] = dossier.Training?.Bundle is null ? "As a claim says that is not signed." : "As the signed training claim says.";
        return dossier.Training is null ? null : action
            .With("object", inputs.ToJsonArray())
            .With("instrument", Tools(dossier).Select(tool => (JsonNode?)Ref(JsonMembers.Text(tool, "@id")!)).ToJsonArray())
            .With("agent", dossier.Training.Bundle is null || dossier.Signer is null ? null : Ref("#signer"))
            .With("startTime", dossier.Run?.StartedOn?.ToRfc3339())
            .With("endTime", dossier.Run?.FinishedOn?.ToRfc3339());
    }

    private static string PersonId(DeclaredParty party, int i) => Uris.WebOrNull(party.Url) ?? string.Create(CultureInfo.InvariantCulture, $"#author-{i}");

    private static JsonObject Person(DeclaredParty party, int i) => new() { ["@id"] = PersonId(party, i), ["@type"] = party.IsPerson ? "Person" : "Organization", ["name"] = party.Name };

    /// <summary>A crate's graph is flat: values that are entities are written as text.</summary>
    private static void Flatten(JsonObject evidence)
    {
        var digest = JsonMembers.Text(evidence["identifier"], "value");
        evidence.Remove("identifier");
        evidence["sha256"] = digest;
    }

    private static JsonObject Ref(string id) => new() { ["@id"] = id };

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["@graph"] is JsonArray && Contexts(document.JsonObject["@context"]).Any(uri => uri.StartsWith("https://w3id.org/ro/crate/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Contexts(JsonNode? context) => (context is JsonArray list ? list.Select(JsonMembers.Text) : [JsonMembers.Text(context)]).OfType<string>();

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var entities = ((JsonArray)document.JsonObject!["@graph"]!).OfType<JsonObject>().ToList();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entity in entities)
        {
            if (JsonMembers.Text(entity, "@id") is not { } id || !entity.ContainsKey("@type"))
            {
                yield return "@graph: an entity has an @id and a @type";
            }
            else if (!ids.Add(id))
            {
                yield return $"@graph: {id} is there twice";
            }
        }

        var descriptor = entities.Find(e => JsonMembers.Text(e, "@id")?.EndsWith(Descriptor, StringComparison.Ordinal) == true && e["about"] is JsonObject);
        var root = entities.Find(e => JsonMembers.Text(e, "@id") is { } id && id == JsonMembers.Text(descriptor?["about"], "@id"));
        if (descriptor is null || !JsonMembers.Objects(descriptor["conformsTo"]).Any(p => JsonMembers.Text(p, "@id")?.StartsWith("https://w3id.org/ro/crate/", StringComparison.Ordinal) == true))
        {
            yield return "@graph: a metadata descriptor is expected that conforms to a version of RO-Crate and is about the root";
        }

        foreach (var member in root is null ? [] : RootMembers.Where(m => root[m] is null))
        {
            yield return $"@graph: the root data entity has no {member}";
        }

        if (root is null)
        {
            yield return "@graph: the root data entity is not there";
        }
    }
}

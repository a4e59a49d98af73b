using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>Facts as resource descriptors (in-toto attestation spec, "ResourceDescriptor"): null where neither a digest nor a URI is known, which the spec asks for.</summary>
internal static class Descriptors
{
    /// <summary>The roles that inputs have in annotations; lineage reads the same words.</summary>
    public const string ParentRole = "parent-model";
    public const string DatasetRole = "dataset";
    public const string SourceRole = "source";
    public const string EnvironmentRole = "environment";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static JsonObject Digests(Digest digest) => new() { ["sha256"] = digest.Hex };

    /// <summary>All inputs of the artifact that have a descriptor: parents, datasets, code, environment.</summary>
    public static IEnumerable<JsonObject> Inputs(Dossier dossier) =>
        ((JsonObject?[])[.. (dossier.Parents ?? []).Select(p => Of(p, ParentRole)), .. (dossier.Datasets ?? []).Select(d => Of(d, DatasetRole)), Code(dossier.Run), Environment(dossier.Run)])
        .OfType<JsonObject>();

    /// <summary>The inputs that have none: they are known by a name alone, or by an address that is no URI.</summary>
    public static IEnumerable<JsonObject> NamedInputs(Dossier dossier) =>
    [
        .. (dossier.Parents ?? []).Where(IsNamedOnly).Select(p => Named(p, ParentRole)),
        .. (dossier.Datasets ?? []).Where(IsNamedOnly).Select(d => Named(d, DatasetRole)),
        .. Place(dossier.Run?.CodeUri, dossier.Run?.CodeDigest, SourceRole),
        .. Place(dossier.Run?.EnvironmentUri, dossier.Run?.EnvironmentDigest, EnvironmentRole),
    ];

    public static JsonObject? Of(ReferenceFacts reference, string role)
    {
        if (IsNamedOnly(reference))
        {
            return null;
        }

        var annotations = new JsonObject { ["role"] = role };
        Add(annotations, "split", reference.Split);
        Add(annotations, "relation", reference.Relation);
        annotations["tier"] = reference.Tier.ToName();
        AddRecalls(annotations, reference);
        return Of(reference.Name, reference.Uri, reference.Digest, annotations);
    }

    public static JsonObject? Code(TrainingFacts? run) => run is null || (run.CodeDigest is null && !Uris.IsAbsolute(run.CodeUri)) ? null
        : WithCommit(Of(null, run.CodeUri, run.CodeDigest, new JsonObject { ["role"] = SourceRole }), run.CodeUri);

    public static JsonObject? Environment(TrainingFacts? run) => run is null || (run.EnvironmentDigest is null && !Uris.IsAbsolute(run.EnvironmentUri)) ? null
        : Of(null, run.EnvironmentUri, run.EnvironmentDigest, new JsonObject { ["role"] = EnvironmentRole });

    /// <summary>The signed evidence itself, and where it is logged.</summary>
    public static JsonObject Of(BundleFacts bundle)
    {
        var annotations = new JsonObject { ["role"] = "signed-evidence" };
        if (bundle.Signature.LogEntries is [var entry, ..])
        {
            annotations["log"] = entry.Log;
            annotations["logIndex"] = entry.Index.ToString(CultureInfo.InvariantCulture);
        }

        if (bundle.Signature.IntegratedTime is { } time)
        {
            annotations["integratedTime"] = Rfc3339.Format(time);
        }

        var descriptor = Of(Uris.IsAbsolute(bundle.Location) ? null : bundle.Location, bundle.Location, bundle.Digest, []);
        descriptor["mediaType"] = bundle.MediaType;
        descriptor["annotations"] = annotations;
        return descriptor;
    }

    /// <summary>The artifact itself.</summary>
    public static JsonObject Of(ArtifactFacts artifact)
    {
        var descriptor = Of(artifact.Name, artifact.Uri, artifact.Digest, []);
        Add(descriptor, "mediaType", artifact.MediaType);
        return descriptor;
    }

    private static JsonObject Of(string? name, string? uri, Digest? digest, JsonObject annotations)
    {
        var descriptor = new JsonObject();
        Add(descriptor, "name", name);
        Add(descriptor, "uri", Uris.AbsoluteOrNull(uri));
        if (digest is not null)
        {
            descriptor["digest"] = Digests(digest);
        }

        if (uri is not null && uri != name && !Uris.IsAbsolute(uri))
        {
            annotations["statedUri"] = uri;
        }

        if (annotations.Count > 0)
        {
            descriptor["annotations"] = annotations;
        }

        return descriptor;
    }

    private static bool IsNamedOnly(ReferenceFacts reference) => reference.Digest is null && !Uris.IsAbsolute(reference.Uri);

    private static JsonObject Named(ReferenceFacts reference, string role)
    {
        var json = new JsonObject { ["role"] = role };
        Add(json, "name", reference.Name);
        Add(json, "statedUri", reference.Uri);
        Add(json, "split", reference.Split);
        Add(json, "relation", reference.Relation);
        AddRecalls(json, reference);
        return json;
    }

    private static IEnumerable<JsonObject> Place(string? uri, Digest? digest, string role) =>
        uri is null || digest is not null || Uris.IsAbsolute(uri) ? [] : [new JsonObject { ["role"] = role, ["statedUri"] = uri }];

    /// <summary>A commit that the address ends with identifies the same code in git's own way.</summary>
    private static JsonObject WithCommit(JsonObject descriptor, string? uri)
    {
        if (Uris.IsAbsolute(uri) && Commit(uri) is { } commit)
        {
            var digests = descriptor["digest"] as JsonObject ?? [];
            digests["gitCommit"] = commit;
            descriptor["digest"] = digests;
        }

        return descriptor;
    }

    /// <summary>The 40 hex digits after the last <c>@</c>, or null.</summary>
    public static string? Commit(string uri) =>
        uri.LastIndexOf('@') is > 0 and var at && uri[(at + 1)..] is { Length: 40 } commit && !commit.AsSpan().ContainsAnyExcept(LowerHex) ? commit : null;

    private static void AddRecalls(JsonObject json, ReferenceFacts reference)
    {
        if (!reference.RecalledBy.IsEmpty)
        {
            json["recalledBy"] = new JsonArray([.. reference.RecalledBy.Select(id => (JsonNode)id)]);
        }
    }

    public static void Add(JsonObject json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json[name] = value;
        }
    }
}

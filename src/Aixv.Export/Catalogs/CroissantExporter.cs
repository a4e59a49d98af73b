using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>
/// MLCommons Croissant: one document describes one dataset, the one that <see cref="Dossier.Dataset"/> names, else the first that enough is known of.
/// </summary>
internal abstract class CroissantExporter(string version) : JsonExporter(
    new($"croissant-{version}", "Croissant", version, "application/ld+json", ".croissant.json", ExportCategory.Catalog) { Needs = ExportNeeds.Metadata, FileName = "croissant.json" })
{
    protected string Profile { get; } = $"http://mlcommons.org/croissant/{version}";

    /// <summary>The context that the specification prescribes.</summary>
    protected abstract IEnumerable<(string Term, string Iri)> Terms { get; }

    /// <summary>What only this version can say.</summary>
    protected abstract void Extend(JsonObject document, ReferenceFacts dataset, Dossier dossier);

    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (dossier.Datasets is not { Length: > 0 })
        {
            return ["a training claim that names a dataset"];
        }

        return Chosen(dossier) is not { } dataset ? [$"a dataset of the claim that is {dossier.Dataset}"]
            : base.Missing(dossier) is { Count: > 0 } missing ? missing
            : [.. Lacks(dataset).Select(what => $"the {what} of the dataset {Reports.ShownText.Of(dataset.Label, 80)} (--meta FILE)")];
    }

    private static ReferenceFacts? Chosen(Dossier dossier) => dossier.Dataset is { } wanted
        ? dossier.Datasets!.Value.FirstOrDefault(d => d.Digest?.ToString() == wanted || d.Digest?.Hex == wanted || d.Uri == wanted || d.Name == wanted)
        : dossier.Datasets!.Value.FirstOrDefault(d => !Lacks(d).Any()) ?? dossier.Datasets!.Value.FirstOrDefault(d => d.Declared is not null) ?? dossier.Datasets!.Value[0];

    private static IEnumerable<string> Lacks(ReferenceFacts dataset)
    {
        var declared = dataset.Declared;
        return new[]
        {
            (dataset.Digest is null, "digest"),
            (declared?.Description is null, "description"),
            (SchemaOrg.Licence(declared?.Licence) is null, "licence"),
            (Uris.WebOrNull(declared?.Url) is null, "url"),
            (declared?.Creator is null, "creator"),
            (declared?.PublishedAt is null, "date of publication"),
            (Uris.AbsoluteOrNull(declared?.ContentUrl) is null, "content url"),
            (declared?.MediaType is null, "media type"),
        }.Where(row => row.Item1).Select(row => row.Item2);
    }

    protected override JsonNode Build(Dossier dossier)
    {
        var dataset = Chosen(dossier)!;
        var declared = dataset.Declared!;
        var document = new JsonObject
        {
            ["@context"] = Context(),
            ["@type"] = "sc:Dataset",
            ["conformsTo"] = Profile,
            ["name"] = dataset.Label,
            ["description"] = declared.Description,
            ["license"] = SchemaOrg.Licence(declared.Licence),
            ["url"] = declared.Url,
            ["creator"] = SchemaOrg.Party(declared.Creator),
            ["datePublished"] = declared.PublishedAt!.Value.ToDate(),
            ["identifier"] = $"urn:sha256:{dataset.Digest!.Hex}",
            ["disambiguatingDescription"] = dossier.Training?.Bundle is null
                ? $"Named as a dataset of {dossier.Artifact.Urn} by a claim that is not signed; all else is the publisher's word."
                : $"Its digest and its use for {dossier.Artifact.Urn} are signed; all else is the publisher's word.",
            ["distribution"] = new JsonArray(new JsonObject
            {
                ["@type"] = "cr:FileObject",
                ["@id"] = "data",
                ["name"] = "data",
                ["contentUrl"] = declared.ContentUrl,
                ["encodingFormat"] = declared.MediaType,
                ["sha256"] = dataset.Digest.Hex,
            }.With("contentSize", declared.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size} B") : null)),
        };
        document.With("recordSet", dataset.Split is { } split ? new JsonArray(Splits(split)) : null).With("subjectOf", SchemaOrg.Evidence(dossier));
        Extend(document, dataset, dossier);
        return document;
    }

    private static JsonObject Splits(string split) => new()
    {
        ["@type"] = "cr:RecordSet",
        ["@id"] = "splits",
        ["name"] = "splits",
        ["dataType"] = "cr:Split",
        ["key"] = new JsonObject { ["@id"] = "splits/name" },
        ["field"] = new JsonArray(new JsonObject { ["@type"] = "cr:Field", ["@id"] = "splits/name", ["name"] = "splits/name", ["dataType"] = "sc:Text" }),
        ["data"] = new JsonArray(new JsonObject { ["splits/name"] = split }),
    };

    private JsonObject Context()
    {
        var context = new JsonObject { ["@language"] = "en", ["@vocab"] = "https://schema.org/" };
        foreach (var (term, iri) in Terms.OrderBy(t => t.Term, StringComparer.Ordinal))
        {
            context[term] = iri switch
            {
                "cr:data" or "cr:examples" => new JsonObject { ["@id"] = iri, ["@type"] = "@json" },
                "cr:dataType" => new JsonObject { ["@id"] = iri, ["@type"] = "@vocab" },
                _ => iri,
            };
        }

        return context;
    }

    /// <summary>Terms of both versions.</summary>
    protected static IEnumerable<(string Term, string Iri)> Common =>
    [
        ("conformsTo", "dct:conformsTo"), ("cr", "http://mlcommons.org/croissant/"), ("rai", "http://mlcommons.org/croissant/RAI/"),
        ("dct", "http://purl.org/dc/terms/"), ("sc", "https://schema.org/"),
        .. Named("citeAs", "column", "data", "dataType", "examples", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes", "isLiveDataset",
            "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "separator", "source", "subField", "transform"),
    ];

    protected static IEnumerable<(string Term, string Iri)> Named(params string[] names) => names.Select(name => (name, $"cr:{name}"));

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { } root
            && (JsonMembers.Text(root["conformsTo"]) ?? JsonMembers.Text(root["dct:conformsTo"]) ?? JsonMembers.Text(root["conformsTo"], "@id")) == Profile;
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => CroissantRules.Faults(document.JsonObject!);
}

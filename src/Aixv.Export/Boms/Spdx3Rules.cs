using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aixv.Export.Boms;

/// <summary>The MUSTs of SPDX 3.0.1 JSON-LD: required members, times, words, unique identifiers, blank nodes that resolve, profiles that are claimed.</summary>
internal sealed partial class Spdx3Rules
{
    private const int MaximumFaults = 100;

    private static readonly FrozenDictionary<string, string[]> Required = new Dictionary<string, string[]>
    {
        ["CreationInfo"] = ["created", "createdBy", "specVersion"],
        ["Relationship"] = ["from", "relationshipType", "to"],
        ["LifecycleScopedRelationship"] = ["from", "relationshipType", "to"],
        ["Annotation"] = ["annotationType", "subject"],
        ["build_Build"] = ["build_buildType"],
        ["dataset_DatasetPackage"] = ["dataset_datasetType"],
        ["Hash"] = ["algorithm", "hashValue"],
        ["DictionaryEntry"] = ["key"],
        ["ExternalIdentifier"] = ["externalIdentifierType", "identifier"],
        ["simplelicensing_LicenseExpression"] = ["simplelicensing_licenseExpression"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Times =
    [
        "created", "releaseTime", "builtTime", "validUntilTime", "startTime", "endTime", "build_buildStartTime", "build_buildEndTime",
        "security_publishedTime", "security_modifiedTime", "security_withdrawnTime",
    ];

    private static readonly string[] Lists =
    [
        "createdBy", "to", "rootElement", "verifiedUsing", "externalRef", "originatedBy", "profileConformance", "ai_hyperparameter", "ai_metric",
        "dataset_datasetType", "build_parameter", "build_environment",
    ];

    private static readonly FrozenSet<string> Relationships = FrozenSet.Create(
        StringComparer.Ordinal,
        """
        affects amendedBy ancestorOf availableFrom configures contains coordinatedBy copiedTo delegatedTo dependsOn descendantOf describes doesNotAffect
        expandsTo exploitCreatedBy fixedBy fixedIn foundBy generates hasAddedFile hasAssessmentFor hasAssociatedVulnerability hasConcludedLicense hasDataFile
        hasDeclaredLicense hasDeletedFile hasDependencyManifest hasDistributionArtifact hasDocumentation hasDynamicLink hasEvidence hasExample hasHost hasInput
        hasMetadata hasOptionalComponent hasOptionalDependency hasOutput hasPrerequisite hasProvidedDependency hasRequirement hasSpecification hasStaticLink
        hasTest hasTestCase hasVariant invokedBy modifiedBy other packagedBy patchedBy publishedBy reportedBy republishedBy serializedInArtifact testedOn
        trainedOn underInvestigationFor usesTool
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private readonly List<string> faults = [];

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time { get; }

    public static bool IsOf(JsonObject root) => root["@context"] switch
    {
        JsonValue value => Text(value)?.StartsWith("https://spdx.org/rdf/3.0", StringComparison.Ordinal) == true,
        JsonArray list => list.Any(c => Text(c)?.StartsWith("https://spdx.org/rdf/3.0", StringComparison.Ordinal) == true),
        _ => false,
    };

    /// <summary>The objects of the graph, or the one object that is the document.</summary>
    public static IEnumerable<JsonObject> ElementsOf(JsonObject root) => root["@graph"] is JsonArray graph ? graph.OfType<JsonObject>() : root.ContainsKey("type") ? [root] : [];

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public IReadOnlyList<string> Check(JsonObject root)
    {
        if (Text(root["@context"]) != Spdx3Graph.Context)
        {
            Add($"$.@context: {Spdx3Graph.Context} is expected");
        }

        var elements = ElementsOf(root).ToList();
        if (elements.Count == 0)
        {
            Add("$.@graph: a list of elements is expected");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var blanks = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            var path = $"$.@graph[{i.ToString(CultureInfo.InvariantCulture)}]";
            CheckIdentity(elements[i], path, ids, blanks);
            CheckObject(elements[i], path);
        }

        foreach (var reference in elements.SelectMany(Blanks).Where(b => !blanks.Contains(b)).Distinct(StringComparer.Ordinal))
        {
            Add($"$.@graph: nothing has the identifier '{reference}'");
        }

        CheckProfiles(elements);
        return faults;
    }

    private void Add(string fault)
    {
        if (faults.Count < MaximumFaults)
        {
            faults.Add(fault);
        }
    }

    private void CheckIdentity(JsonObject element, string path, HashSet<string> ids, HashSet<string> blanks)
    {
        var id = Text(element["spdxId"]) ?? Text(element["@id"]);
        if (Text(element["type"]) is not { Length: > 0 } type)
        {
            Add($"{path}.type: it is required");
        }
        else if (type != "CreationInfo" && Required.ContainsKey(type) && type is not ("Hash" or "DictionaryEntry" or "ExternalIdentifier") && element["spdxId"] is null)
        {
            Add($"{path}.spdxId: it is required");
        }

        if (element["spdxId"] is not null && element["creationInfo"] is null)
        {
            Add($"{path}.creationInfo: it is required");
        }

        if (id is not null && !ids.Add(id))
        {
            Add($"{path}: the identifier '{id[..Math.Min(80, id.Length)]}' stands twice");
        }

        if (id is not null && id.StartsWith("_:", StringComparison.Ordinal))
        {
            blanks.Add(id);
        }
    }

    private void CheckObject(JsonObject element, string path)
    {
        foreach (var name in Required.GetValueOrDefault(Text(element["type"]) ?? "") ?? [])
        {
            if (element[name] is null)
            {
                Add($"{path}.{name}: it is required");
            }
        }

        foreach (var (name, value) in element)
        {
            var place = $"{path}.{name}";
            if (Times.Contains(name) && (Text(value) is not { } time || !Time.IsMatch(time)))
            {
                Add($"{place}: YYYY-MM-DDThh:mm:ssZ is expected");
            }
            else if (Lists.Contains(name) && value is not JsonArray)
            {
                Add($"{place}: a list is expected");
            }
            else if (name == "relationshipType" && (Text(value) is not { } word || !Relationships.Contains(word)))
            {
                Add($"{place}: one of the words of SPDX is expected");
            }
            else if (name == "specVersion" && Text(value)?.StartsWith("3.0", StringComparison.Ordinal) != true)
            {
                Add($"{place}: 3.0.1 is expected");
            }

            foreach (var child in (value as JsonArray ?? [value?.DeepClone()]).OfType<JsonObject>())
            {
                CheckObject(child, place);
            }
        }
    }

    /// <summary>Blank nodes that members refer to.</summary>
    private static IEnumerable<string> Blanks(JsonObject element) => element
        .Where(m => m.Key is "creationInfo" or "from" or "to" or "rootElement" or "subject" or "createdBy" or "createdUsing" or "suppliedBy" or "originatedBy")
        .SelectMany(m => m.Value is JsonArray list ? list.Select(Text) : [Text(m.Value)])
        .OfType<string>()
        .Where(id => id.StartsWith("_:", StringComparison.Ordinal));

    private void CheckProfiles(List<JsonObject> elements)
    {
        var claimed = elements.SelectMany(e => (e["profileConformance"] as JsonArray ?? []).Select(Text)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            var missing = Text(element["type"]) switch
            {
                "ai_AIPackage" when claimed.Contains("ai") => Spdx3Model.Missing(element),
                "dataset_DatasetPackage" when claimed.Contains("dataset") => Spdx3Model.MissingOfDataset(element),
                _ => [],
            };
            foreach (var what in missing)
            {
                Add($"{Text(element["spdxId"])}: the profile is claimed, and {what} is missing");
            }
        }
    }
}

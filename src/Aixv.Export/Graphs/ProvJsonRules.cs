using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>The MUSTs of PROV-JSON.</summary>
internal static class ProvJsonRules
{
    /// <summary>The ends that a relation cannot do without (PROV-DM §5).</summary>
    private static readonly (string Relation, string[] Required)[] Relations =
    [
        ("wasGeneratedBy", ["prov:entity"]),
        ("used", ["prov:activity"]),
        ("wasDerivedFrom", ["prov:generatedEntity", "prov:usedEntity"]),
        ("wasAttributedTo", ["prov:entity", "prov:agent"]),
        ("wasAssociatedWith", ["prov:activity"]),
        ("wasInfluencedBy", ["prov:influencee", "prov:influencer"]),
        ("wasInformedBy", ["prov:informed", "prov:informant"]),
        ("actedOnBehalfOf", ["prov:delegate", "prov:responsible"]),
        ("specializationOf", ["prov:specificEntity", "prov:generalEntity"]),
        ("alternateOf", ["prov:alternate1", "prov:alternate2"]),
        ("hadMember", ["prov:collection", "prov:entity"]),
    ];

    public static IEnumerable<string> Faults(JsonObject document) => Faults(document, "$", Prefixes(document, []));

    private static HashSet<string> Prefixes(JsonObject scope, IEnumerable<string> outer) =>
        [.. outer, "prov", "xsd", "xsi", "_", .. (scope["prefix"] as JsonObject ?? []).Select(member => member.Key)];

    private static IEnumerable<string> Faults(JsonObject scope, string path, HashSet<string> prefixes)
    {
        foreach (var kind in new[] { "entity", "activity", "agent" })
        {
            foreach (var (id, value) in scope[kind] as JsonObject ?? [])
            {
                foreach (var fault in Name(id, $"{path}.{kind}", prefixes))
                {
                    yield return fault;
                }

                if (value is not (JsonObject or JsonArray))
                {
                    yield return $"{path}.{kind}.{id}: an object is expected";
                }
            }
        }

        foreach (var (relation, required) in Relations)
        {
            foreach (var (id, value) in scope[relation] as JsonObject ?? [])
            {
                foreach (var record in JsonMembers.Objects(value))
                {
                    foreach (var end in required)
                    {
                        var faults = JsonMembers.Text(record, end) is { } name
                            ? Name(name, $"{path}.{relation}.{id}.{end}", prefixes)
                            : [$"{path}.{relation}.{id}: {end} is expected"];
                        foreach (var fault in faults)
                        {
                            yield return fault;
                        }
                    }
                }
            }
        }

        foreach (var (id, value) in scope["bundle"] as JsonObject ?? [])
        {
            if (path != "$" || value is not JsonObject bundle)
            {
                yield return $"{path}.bundle.{id}: an object that holds no bundle of its own is expected";
                continue;
            }

            foreach (var fault in Faults(bundle, $"{path}.bundle.{id}", Prefixes(bundle, prefixes)))
            {
                yield return fault;
            }
        }
    }

    /// <summary>A qualified name whose prefix is declared; without a prefix it is of the default namespace.</summary>
    private static IEnumerable<string> Name(string name, string path, HashSet<string> prefixes)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && !prefixes.Contains(name[..colon]))
        {
            yield return $"{path}: the prefix {name[..colon]} is not declared";
        }
    }
}

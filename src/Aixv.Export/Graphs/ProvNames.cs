using System.Diagnostics;

namespace Aixv.Export.Graphs;

/// <summary>The names of PROV's records, their ends and data types.</summary>
internal static class ProvNames
{
    /// <summary>As PROV-N and PROV-JSON name the record.</summary>
    public static string Relation(ProvKind kind) => kind switch
    {
        ProvKind.Entity => "entity",
        ProvKind.Activity => "activity",
        ProvKind.Agent => "agent",
        ProvKind.Generation => "wasGeneratedBy",
        ProvKind.Usage => "used",
        ProvKind.Derivation => "wasDerivedFrom",
        ProvKind.Attribution => "wasAttributedTo",
        ProvKind.Association => "wasAssociatedWith",
        ProvKind.Influence => "wasInfluencedBy",
    };

    /// <summary>As PROV-O and PROV-JSONLD name its class.</summary>
    public static string Class(ProvKind kind) => kind.ToString();

    /// <summary>The roles of a relation's ends, in order.</summary>
    public static IReadOnlyList<string> Roles(ProvKind kind) => kind switch
    {
        ProvKind.Entity or ProvKind.Activity or ProvKind.Agent => [],
        ProvKind.Generation => ["entity", "activity"],
        ProvKind.Usage => ["activity", "entity"],
        ProvKind.Derivation => ["generatedEntity", "usedEntity"],
        ProvKind.Attribution => ["entity", "agent"],
        ProvKind.Association => ["activity", "agent", "plan"],
        ProvKind.Influence => ["influencee", "influencer"],
    };

    public static string DataType(ProvValueType type) => type switch
    {
        ProvValueType.Uri => "xsd:anyURI",
        ProvValueType.Time => "xsd:dateTime",
        ProvValueType.Boolean => "xsd:boolean",
        ProvValueType.Integer => "xsd:long",
        ProvValueType.Text => "xsd:string",
        ProvValueType.QualifiedName => throw new UnreachableException(),
    };
}

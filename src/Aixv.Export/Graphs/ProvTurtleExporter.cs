using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>PROV-O in RDF 1.1 Turtle: direct relations, and qualified ones where a relation has more to say. Streamed.</summary>
internal sealed class ProvTurtleExporter() : TextExporter(new("prov-o-turtle", "W3C PROV-O", "2013-04-30", "text/turtle", ".ttl", ExportCategory.Graph))
{
    private const string Prov = "http://www.w3.org/ns/prov#";

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        var lineage = new ProvLineage(dossier);
        writer.WriteLine($"@prefix prov: <{Prov}> .");
        writer.WriteLine("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .");
        writer.WriteLine("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .");
        foreach (var (prefix, uri) in ProvLineage.Prefixes)
        {
            writer.WriteLine($"@prefix {prefix}: <{uri}> .");
        }

        foreach (var kind in Enum.GetValues<ProvKind>())
        {
            foreach (var record in lineage.Records(kind))
            {
                writer.WriteLine();
                if (record.Id is { } id)
                {
                    WriteThing(writer, record, id);
                }
                else
                {
                    WriteRelation(writer, record);
                }
            }
        }
    }

    private static void WriteThing(TextWriter writer, ProvRecord record, string id)
    {
        writer.Write($"{id} a prov:{ProvNames.Class(record.Kind)}");
        foreach (var type in record.Attributes.Where(a => a.Name == "prov:type"))
        {
            writer.Write($", {type.Value}");
        }

        WriteTime(writer, "prov:startedAtTime", record.Time);
        WriteTime(writer, "prov:endedAtTime", record.End);
        WriteAttributes(writer, record, "  ");
        writer.WriteLine(" .");
    }

    /// <summary>The relation itself, and what more is known of it on a node of its own.</summary>
    private static void WriteRelation(TextWriter writer, ProvRecord record)
    {
        var (relation, qualified, type, other) = Terms(record);
        if (record.Ends[1] is not { } end)
        {
            return;
        }

        writer.Write($"{record.Ends[0]} {relation} {end}");
        if (record.Attributes.Count > 0 || record.Time is not null || record.Ends.Count > 2)
        {
            writer.WriteLine(" ;");
            writer.Write($"  {qualified} [ a {type} ; {other} {end}");
            if (record.Ends.Count > 2 && record.Ends[2] is { } plan)
            {
                writer.Write($" ; prov:hadPlan {plan}");
            }

            WriteTime(writer, "prov:atTime", record.Time);
            WriteAttributes(writer, record, "    ");
            writer.Write(" ]");
        }

        writer.WriteLine(" .");
    }

    private static (string Relation, string Qualified, string Type, string Other) Terms(ProvRecord record) => record.Kind switch
    {
        ProvKind.Generation => ("prov:wasGeneratedBy", "prov:qualifiedGeneration", "prov:Generation", "prov:activity"),
        ProvKind.Usage => ("prov:used", "prov:qualifiedUsage", "prov:Usage", "prov:entity"),
        ProvKind.Derivation when record.IsPrimarySource => ("prov:hadPrimarySource", "prov:qualifiedPrimarySource", "prov:PrimarySource", "prov:entity"),
        ProvKind.Derivation => ("prov:wasDerivedFrom", "prov:qualifiedDerivation", "prov:Derivation", "prov:entity"),
        ProvKind.Attribution => ("prov:wasAttributedTo", "prov:qualifiedAttribution", "prov:Attribution", "prov:agent"),
        ProvKind.Association => ("prov:wasAssociatedWith", "prov:qualifiedAssociation", "prov:Association", "prov:agent"),
        ProvKind.Influence => ("prov:wasInfluencedBy", "prov:qualifiedInfluence", "prov:EntityInfluence", "prov:entity"),
        ProvKind.Entity or ProvKind.Activity or ProvKind.Agent => throw new System.Diagnostics.UnreachableException(),
    };

    private static void WriteTime(TextWriter writer, string property, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.Write($" ;\n  {property} \"{known.ToRfc3339()}\"^^xsd:dateTime");
        }
    }

    private static void WriteAttributes(TextWriter writer, ProvRecord record, string indent)
    {
        foreach (var attribute in record.Attributes)
        {
            if (Term(attribute.Name, attribute) is { } term)
            {
                writer.Write($" ;\n{indent}{term}");
            }
        }
    }

    /// <summary>The predicate and the object; null for the types, which are written as such.</summary>
    private static string? Term(string name, ProvAttribute attribute) => name switch
    {
        "prov:type" => null,
        "prov:label" => $"rdfs:label {ProvNExporter.Quoted(attribute.Value)}",
        // The range of a location and of a role is a thing, not text.
        "prov:location" => $"prov:atLocation <{attribute.Value}>",
        "prov:role" => $"prov:hadRole [ a prov:Role ; rdfs:label {ProvNExporter.Quoted(attribute.Value)} ]",
        _ => $"{name} {Literal(attribute)}",
    };

    private static string Literal(ProvAttribute attribute) => attribute.Type switch
    {
        ProvValueType.QualifiedName => attribute.Value,
        ProvValueType.Text => ProvNExporter.Quoted(attribute.Value),
        _ => $"{ProvNExporter.Quoted(attribute.Value)}^^{ProvNames.DataType(attribute.Type)}",
    };

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && TurtleReading.Declares(text, Prov) && TurtleReading.Mentions(text, Prov, ["Entity", "Activity", "Agent"]);
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return TurtleReading.Faults(document.Text!);
    }
}

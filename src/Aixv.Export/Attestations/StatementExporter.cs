using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Attestations;

/// <summary>A format that is an in-toto statement about the artifact. The document is the statement; <c>--sign</c> puts its bytes into a DSSE envelope.</summary>
internal abstract class StatementExporter(ExportFormat format) : JsonExporter(format)
{
    /// <summary>The media type of bare statements.</summary>
    protected const string InTotoJson = "application/vnd.in-toto+json";

    /// <summary>The <c>_type</c> of Statement v0.1, which much of what others wrote still has.</summary>
    protected const string OldType = "https://in-toto.io/Statement/v0.1";

    /// <summary>A format that is a statement and can be signed as one.</summary>
    protected static ExportFormat Describe(string id, string standard, string version, ExportNeeds needs, string extension = ".intoto.json") =>
        new(id, standard, version, InTotoJson, extension, ExportCategory.Attestation) { Needs = needs, Signature = SignatureForm.Dsse };

    /// <summary>A Statement v1 whose one subject is the artifact.</summary>
    protected static JsonObject About(Dossier dossier, string predicateType, JsonObject predicate)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return new JsonObject
        {
            ["_type"] = Statement.Type,
            ["subject"] = new JsonArray(new StatementSubject(dossier.Artifact.Name, dossier.Artifact.Digest).ToJson()),
            ["predicateType"] = predicateType,
            ["predicate"] = predicate,
        };
    }

    /// <summary>The predicate type that the format's statements have; null where they may have any.</summary>
    protected abstract string? PredicateType { get; }

    /// <summary>Whether statements of this predicate type are of the format, and of it alone.</summary>
    internal bool IsOf(string predicateType) => PredicateType == predicateType;

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("_type") is Statement.Type or OldType && (PredicateType is null || document.Member("predicateType") == PredicateType);
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Faults(document.JsonObject!);
    }

    /// <summary>What a statement breaks of the MUSTs of statements and of this predicate.</summary>
    internal IEnumerable<string> Faults(JsonObject statement) => StatementRules.Faults(statement).Concat(
        statement["predicate"] is JsonObject predicate ? PredicateFaults(predicate) : PredicateType is null ? [] : ["$.predicate: an object is expected"]);

    /// <summary>What of the predicate's MUSTs is broken.</summary>
    protected abstract IEnumerable<string> PredicateFaults(JsonObject predicate);
}

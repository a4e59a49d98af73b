using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>An in-toto statement for the store.</summary>
/// <param name="Artifact">The subject that the store files it under.</param>
/// <param name="Statement">The statement: as somebody else wrote it, or a claim of AIXV's own that says the same. Do not change it.</param>
public sealed record ImportedStatement(Digest Artifact, JsonObject Statement)
{
    /// <summary>The claim's URI.</summary>
    public string PredicateType => Statement["predicateType"]!.GetValue<string>();

    public static ImportedStatement Of(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new ImportedStatement(statement.Subjects[0].Digest, statement.ToJson());
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Predicates;

/// <summary>What a claim is worth: which tier it reaches, and what would lift it.</summary>
/// <param name="Predicate">The claim in canonical form.</param>
/// <param name="Tier">The least of what it refers to; attested only where its signature was verified.</param>
/// <param name="Lifts">What to add, each a sentence.</param>
public sealed record PredicateCheck(Predicate Predicate, EvidenceTier Tier, ImmutableArray<string> Lifts)
{
    /// <param name="aliasOrUri">The claim's type.</param>
    /// <param name="content">The claim.</param>
    /// <param name="isSigned">Whether a verified signature with a log entry covers it.</param>
    /// <exception cref="FormatException">The claim is not valid; the message names every place.</exception>
    public static PredicateCheck Of(string aliasOrUri, JsonObject content, bool isSigned = false)
    {
        var predicate = PredicateTypes.Read(aliasOrUri, content);
        var type = PredicateTypes.Find(predicate.Uri);
        var unidentified = type is null ? [] : type.References(predicate.Content).Where(r => !r.IsIdentified).Select(r => r.Path).ToList();
        var lifts = unidentified.Select(path => path.Contains("digest", StringComparison.Ordinal)
            ? $"{path}: give the SHA-256 digest"
            : $"{path}: add digest, the SHA-256 of its bytes; a name or URI alone can come to mean other bytes").ToList();
        if (!isSigned)
        {
            lifts.Add("sign the statement: only a verified signature with a log entry makes a claim attested");
        }

        if (type is null)
        {
            lifts.Add($"{predicate.Uri} has no schema here, so what it refers to is not known");
        }

        var tier = type is null || unidentified.Count > 0 ? EvidenceTier.Described : isSigned ? EvidenceTier.Attested : EvidenceTier.Identified;
        return new PredicateCheck(predicate, tier, [.. lifts]);
    }
}

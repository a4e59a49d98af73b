using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;

namespace Aixv.Protocol.Predicates;

/// <summary>A claim about the trustworthiness of artifacts (protocol §2). Strict.</summary>
internal sealed class AdvisoryPredicate() : PredicateType("advisory", "v1", Advisory.Shape)
{
    internal override IEnumerable<Reference> References(JsonObject content) => References(content, "affected");

    public override JsonObject Template() => new Advisory
    {
        Id = "ADV-2026-0001",
        Affected = [new AffectedTarget(Sigstore.Artifacts.Digest.Of([]), [Selector.Descendants])],
        Severity = Severity.High,
        Status = AdvisoryStatus.Active,
        ReasonCode = "poisoned-dataset",
        RecommendedActions = ["stop deploying", "roll back to the release before"],
    }.ToJson();
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Assessments;

/// <summary>An item, and how far the evidence goes for it.</summary>
/// <param name="Reason">What was found and what is missing. Quotes untrusted text.</param>
public sealed record AssessedItem(FrameworkItem Item, ItemStatus Status, string Reason, ImmutableArray<AssessedEvidence> Evidence)
{
    public JsonObject ToJson() => new JsonObject { ["id"] = Item.Id }
        .With("text", Item.Text.Length == 0 ? null : Item.Text)
        .With("status", Assessment.WordOf(Status))
        .With("evidence_status", Status switch
        {
            ItemStatus.Met => "evidenced",
            ItemStatus.Partly => "partial",
            ItemStatus.Gap => "not-evidenced",
            ItemStatus.NotApplicable => "not-applicable",
        })
        .With("reason", Reason)
        .WithList("evidence", Evidence.Select(e => (JsonNode)e.ToJson()).ToJsonArray());
}

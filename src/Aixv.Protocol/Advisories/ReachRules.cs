using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Advisories;

/// <summary>Which advisories flow along which edges of the lineage: a table of edge kind × advisory class that policies can override.</summary>
/// <remarks>The direction is from what something was made of to what was made of it. An edge kind without a row lets everything through.</remarks>
public sealed class ReachRules
{
    /// <summary>The edge kinds of protocol §3, in its order.</summary>
    public static ImmutableArray<string> EdgeKinds { get; } = ["derived_from", "trained_on", "packaged_from", "evaluated_with", "deployed_as"];

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<AdvisoryClass, Reach>> table;

    private ReachRules(ImmutableSortedDictionary<string, ImmutableSortedDictionary<AdvisoryClass, Reach>> table) => this.table = table;

    /// <summary>The table of docs/advisories.md.</summary>
    public static ReachRules Default { get; } = new(new Dictionary<string, ImmutableSortedDictionary<AdvisoryClass, Reach>>
    {
        ["derived_from"] = Row(Reach.Flows, Reach.IfTokenizerInherited, Reach.Flows, Reach.Flows, Reach.Flows),
        ["trained_on"] = Row(Reach.Flows, Reach.Stops, Reach.Flows, Reach.Flows, Reach.Flows),
        ["packaged_from"] = Row(Reach.Flows, Reach.IfTokenizerInherited, Reach.Flows, Reach.Flows, Reach.Flows),
        ["evaluated_with"] = Row(Reach.Stops, Reach.Stops, Reach.Stops, Reach.Flows, Reach.Stops),
        ["deployed_as"] = Row(Reach.Flows, Reach.Flows, Reach.Flows, Reach.Flows, Reach.Flows),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal));

    internal static Shape Shape => new MapShape(new MapShape(Words.ShapeOf<Reach>(), [.. Words.All<AdvisoryClass>()]), [.. EdgeKinds]);

    private static ImmutableSortedDictionary<AdvisoryClass, Reach> Row(Reach weights, Reach tokenizer, Reach dataset, Reach licence, Reach other) =>
        ImmutableSortedDictionary<AdvisoryClass, Reach>.Empty
            .Add(AdvisoryClass.Weights, weights)
            .Add(AdvisoryClass.Tokenizer, tokenizer)
            .Add(AdvisoryClass.Dataset, dataset)
            .Add(AdvisoryClass.Licence, licence)
            .Add(AdvisoryClass.Other, other);

    /// <summary>The rule for an edge of this kind, as <see cref="EdgeKinds"/> names it.</summary>
    public Reach For(string edgeKind, AdvisoryClass advisoryClass) =>
        table.TryGetValue(edgeKind, out var row) && row.TryGetValue(advisoryClass, out var reach) ? reach : Reach.Flows;

    /// <summary>Whether an advisory passes an edge.</summary>
    /// <param name="inheritsTokenizer">Whether both ends are known to use the same tokenizer, by digest.</param>
    public bool Passes(string edgeKind, AdvisoryClass advisoryClass, bool inheritsTokenizer) => For(edgeKind, advisoryClass) switch
    {
        Reach.Flows => true,
        Reach.Stops => false,
        Reach.IfTokenizerInherited => inheritsTokenizer,
    };

    /// <summary>This table with some cells replaced, from <c>{"derived_from": {"weights": "stops"}}</c>.</summary>
    /// <exception cref="FormatException">An unknown edge kind, class or rule; the message names it.</exception>
    public ReachRules With(JsonObject overrides)
    {
        var json = Shape.Read(overrides, "advisory reach rules");
        var changed = table;
        foreach (var (kind, cells) in json)
        {
            var row = table[kind].SetItems(cells!.AsObject().Select(cell =>
                KeyValuePair.Create(Words.Parse<AdvisoryClass>(cell.Key), Words.Parse<Reach>(cell.Value!.GetValue<string>()))));
            changed = changed.SetItem(kind, row);
        }

        return new ReachRules(changed);
    }

    /// <summary>The whole table.</summary>
    public JsonObject ToJson() => new(table.Select(row => KeyValuePair.Create<string, JsonNode?>(
        row.Key, new JsonObject(row.Value.Select(cell => KeyValuePair.Create<string, JsonNode?>(Words.Of(cell.Key), Words.Of(cell.Value)))))));
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;

namespace Aixv.Protocol.Statements;

/// <summary>An in-toto Statement v1: what is said (<see cref="Predicate"/>) of which artifacts.</summary>
public sealed record Statement(ImmutableArray<StatementSubject> Subjects, Predicate Predicate)
{
    /// <summary>The value of <c>_type</c>.</summary>
    public const string Type = "https://in-toto.io/Statement/v1";

    public JsonObject ToJson() => new()
    {
        ["_type"] = Type,
        ["subject"] = new JsonArray([.. Subjects.Select(subject => subject.ToJson())]),
        ["predicateType"] = Predicate.Uri,
        ["predicate"] = Predicate.Content.DeepClone(),
    };

    /// <summary>The bytes that are signed: <see cref="SortedJson"/>.</summary>
    public byte[] ToBytes() => SortedJson.Serialize(ToJson());
}

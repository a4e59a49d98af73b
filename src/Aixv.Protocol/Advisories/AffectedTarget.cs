using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Advisories;

/// <summary>What an advisory names. Without a digest it reaches nothing: a name is no identity.</summary>
/// <param name="Digest">The artifact, or null.</param>
/// <param name="Selectors">How far beyond the artifact; empty means the artifact alone.</param>
public sealed record AffectedTarget(Digest? Digest, ImmutableArray<Selector> Selectors)
{
    private static Shape SelectorShape => Words.ShapeOf<Selector>();

    internal static ObjectShape Shape { get; } = new(
        new Field("digest", new DigestShape()),
        new Field("selector", new EitherShape(SelectorShape, new ListShape(SelectorShape, minimum: 1))),
        new Field("uri", new TextShape()),
        new Field("name", new TextShape()))
    { What = "an affected artifact", AtLeastOneOf = ["digest", "selector"] };

    /// <summary>An address, for people.</summary>
    public string? Uri { get; init; }

    /// <summary>A name, for people.</summary>
    public string? Name { get; init; }

    public bool Equals(AffectedTarget? other) =>
        other is not null && Digest == other.Digest && Uri == other.Uri && Name == other.Name && Selectors.SequenceEqual(other.Selectors);

    public override int GetHashCode() => HashCode.Combine(Digest, Selectors.Length, Uri, Name);

    internal static AffectedTarget Read(JsonObject json) => new(
        json.Digest("digest"),
        [.. (json["selector"] is JsonArray ? json.Texts("selector") : json.Text("selector") is { } one ? [one] : []).Select(Words.Parse<Selector>).Distinct().Order()])
    {
        Uri = json.Text("uri"),
        Name = json.Text("name"),
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        json.AddIfAny("digest", Digest?.ToString());
        json.AddIfAny("name", Name);
        if (!Selectors.IsEmpty)
        {
            json["selector"] = Selectors.Length == 1 ? Words.Of(Selectors[0]) : Selectors.Select(s => Words.Of(s)).ToJson();
        }

        json.AddIfAny("uri", Uri);
        return json;
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Bundles;

/// <summary>Artifacts that belong together (<c>aixv.bundle/v1</c>): a model with its tokenizer and configuration. Not a Sigstore bundle.</summary>
/// <remarks>Which artifacts are members never changes under one id.</remarks>
public sealed record ArtifactBundle
{
    public const string Type = "aixv.bundle/v1";

    internal static ObjectShape Shape { get; } = new(
        new Field("bundle_type", TextShape.OneOf(Type), Required: true),
        new Field("bundle_id", RecordId.Shape, Required: true),
        new Field("primary", new DigestShape(), Required: true),
        new Field("members", new ListShape(new DigestShape(), minimum: 1), Required: true));

    public required RecordId Id { get; init; }

    public required Digest Primary { get; init; }

    /// <summary>With the primary, each once, in the order of writing.</summary>
    public required ImmutableArray<Digest> Members { get; init; }

    /// <exception cref="FormatException">Not a bundle; the message names every place.</exception>
    public static ArtifactBundle Read(JsonObject payload)
    {
        var json = Shape.Read(payload, "bundle");
        var primary = json.Digest("primary")!;
        var members = json.Digests("members").Distinct().ToList();
        return new ArtifactBundle
        {
            Id = RecordId.Parse(json.RequiredText("bundle_id")),
            Primary = primary,
            Members = members.Contains(primary) ? [.. members] : [primary, .. members],
        };
    }

    /// <summary>Which of <paramref name="required"/> are not members.</summary>
    public ImmutableArray<Digest> Missing(IEnumerable<Digest> required) => [.. required.Where(digest => !Members.Contains(digest))];

    public JsonObject ToJson() => new()
    {
        ["bundle_type"] = Type,
        ["bundle_id"] = Id.Value,
        ["members"] = Members.ToJson(),
        ["primary"] = Primary.ToString(),
    };
}

using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>A document of AIXV as JSON Schema 2020-12, made of the table that reads it.</summary>
public sealed class DocumentSchema
{
    private readonly Shape shape;

    internal DocumentSchema(string name, string title, Shape shape)
    {
        Name = name;
        Title = title;
        this.shape = shape;
    }

    /// <summary>A name that is safe in file names: <c>policy.v1</c>.</summary>
    public string Name { get; }

    public string Title { get; }

    /// <summary>The schema, complete in itself.</summary>
    public JsonObject ToJson()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:aixv:schema:{Name}",
            ["title"] = Title,
        };
        foreach (var (name, value) in shape.ToSchema())
        {
            schema[name] = value?.DeepClone();
        }

        return schema;
    }

    /// <summary>Whether the reader's table accepts a document; the message names every place where not.</summary>
    /// <exception cref="FormatException">It does not.</exception>
    public JsonObject Read(JsonObject document) => shape.Read(document, Title);
}

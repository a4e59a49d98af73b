using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>What a JSON value must look like. One table reads a document and describes it as JSON Schema, so the two cannot differ.</summary>
internal abstract class Shape
{
    /// <summary>Stands for every place of a document of which only is asked whether it fits.</summary>
    internal const string NoPath = "?";

    /// <summary>What is asked for, for messages: <c>a string</c>.</summary>
    protected internal abstract string Expected { get; }

    /// <summary>The shape as JSON Schema 2020-12.</summary>
    public abstract JsonObject ToSchema();

    /// <summary>Checks a value that is not null, and returns it in canonical form.</summary>
    public abstract JsonNode Read(JsonNode value, string path, Faults faults);

    /// <summary>Checks a document and returns it in canonical form; the given one is left alone.</summary>
    /// <param name="what">What the document is, for the message.</param>
    /// <exception cref="FormatException">It does not fit; the message names every place, what was found and what is allowed.</exception>
    public JsonObject Read(JsonObject document, string what) => ReadInPlace(document.DeepClone().AsObject(), what);

    /// <summary>The same for a document that nobody else has.</summary>
    public JsonObject ReadInPlace(JsonObject document, string what)
    {
        var faults = new Faults();
        var read = Read(document, NoPath, faults);
        if (!faults.IsEmpty)
        {
            // Only now is it worth saying where.
            faults = new Faults();
            read = Read(document, "$", faults);
        }

        faults.ThrowIfAny(what);
        return read.AsObject();
    }

    protected JsonNode Fault(JsonNode value, string path, Faults faults)
    {
        faults.Add(path, $"expected {Expected}, found {Describe(value)}");
        return value;
    }

    /// <summary>A value in words; texts are shown, shortened.</summary>
    internal static string Describe(JsonNode? value) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
    };

    internal static string Shorten(string text) => text.Length <= 100 ? text : $"{text.AsSpan(0, 100)}…";
}

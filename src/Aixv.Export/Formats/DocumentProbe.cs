using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Aixv.Export.Formats;

/// <summary>A document of unknown format, to be recognised and checked.</summary>
public sealed class DocumentProbe
{
    /// <summary>The largest document that is looked at, in bytes.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private const int MaximumDepth = 256;

    private readonly Lazy<(JsonNode? Value, string? Fault)> json;
    private readonly Lazy<(XDocument? Value, string? Fault)> xml;
    private readonly Lazy<string?> text;

    /// <param name="bytes">The document, at most <see cref="MaximumBytes"/>.</param>
    /// <param name="fileName">Its file's name, which decides nothing alone; null where there is none.</param>
    public DocumentProbe(ReadOnlyMemory<byte> bytes, string? fileName)
    {
        if (bytes.Length > MaximumBytes)
        {
            throw new FormatException($"the document has {bytes.Length} bytes, at most {MaximumBytes} are looked at");
        }

        (Bytes, FileName) = (bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes, fileName);
        json = new(ReadJson);
        xml = new(ReadXml);
        text = new(ReadText);
    }

    /// <summary>The document, without the byte order mark that some tools begin UTF-8 with.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public string? FileName { get; }

    /// <summary>The document as JSON; null where it is none, or has a member twice.</summary>
    public JsonNode? Json => json.Value.Value;

    /// <summary>The document as a JSON object; null where it is none.</summary>
    public JsonObject? JsonObject => Json as JsonObject;

    /// <summary>The document as XML, without any DTD; null where it is none.</summary>
    public XDocument? Xml => xml.Value.Value;

    /// <summary>The document as UTF-8 text; null where it is none.</summary>
    public string? Text => text.Value;

    /// <summary>Why it is no JSON or XML, where it seems to be meant so; null otherwise.</summary>
    public string? Fault => (Text ?? "").AsSpan().TrimStart() switch
    {
        ['{' or '[', ..] => json.Value.Fault,
        ['<', ..] => xml.Value.Fault,
        _ => null,
    };

    /// <summary>A member of the document's top level as text; null where it is absent or no text.</summary>
    public string? Member(string name) => JsonObject?[name] is JsonValue value && value.TryGetValue<string>(out var found) ? found : null;

    /// <summary>Whether the document's root is the XML element of this name and namespace.</summary>
    public bool IsXml(string name, string space) => Xml?.Root?.Name == XName.Get(name, space);

    private (JsonNode?, string?) ReadJson()
    {
        try
        {
            var node = JsonNode.Parse(Bytes.Span, null, new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
            RequireText(node);
            return (node, null);
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, escaped, is JSON and no text: every reader of it would fail.
            return (null, $"a string is no text: {e.Message}");
        }
        catch (JsonException e)
        {
            return (null, $"not valid JSON: {e.Message}");
        }
    }

    /// <summary>Reads every string once.</summary>
    /// <exception cref="InvalidOperationException">One is no text.</exception>
    private static void RequireText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, member) in members)
                {
                    RequireText(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    RequireText(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    private (XDocument?, string?) ReadXml()
    {
        try
        {
            CheckDepth();
            using var reader = OpenXml();
            return (XDocument.Load(reader), null);
        }
        catch (XmlException e)
        {
            return (null, $"not well-formed XML: {e.Message}");
        }
    }

    private XmlReader OpenXml() => XmlReader.Create(
        new MemoryStream(Bytes.ToArray(), writable: false),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaximumBytes });

    /// <summary>A tree takes time with the square of its depth, and its walkers take stack.</summary>
    private void CheckDepth()
    {
        using var reader = OpenXml();
        while (reader.Read())
        {
            if (reader.Depth > MaximumDepth)
            {
                throw new XmlException($"elements are nested more than {MaximumDepth} deep");
            }
        }
    }

    private string? ReadText()
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

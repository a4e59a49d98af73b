using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Export.Boms;

/// <summary>Reads the CycloneDX protobuf encoding as CycloneDX JSON content, by the table of <see cref="CycloneDxShapes"/>. Fields that the table does not know are passed over.</summary>
internal sealed class BomProtobufReader
{
    private const int MaximumDepth = 64;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The document's <c>spec_version</c> where it begins with one, as writers in the order of numbers do; else null.</summary>
    public static string? VersionOf(ReadOnlySpan<byte> document) =>
        document is [0x0a, 3, (byte)'1', (byte)'.', var minor and >= (byte)'0' and <= (byte)'9', ..] ? $"1.{(char)minor}" : null;

    /// <summary>Whether the document has fields that the table does not know.</summary>
    public bool PassedOver { get; private set; }

    /// <exception cref="FormatException">The bytes are no such message.</exception>
    public JsonObject Read(ReadOnlySpan<byte> document)
    {
        var bom = ReadMessage(document, CycloneDxShapes.Bom, 0);
        bom["bomFormat"] = "CycloneDX";
        return bom;
    }

    private JsonObject ReadMessage(ReadOnlySpan<byte> message, BomShape shape, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new FormatException($"messages are nested more than {MaximumDepth} deep");
        }

        var content = new JsonObject();
        while (!message.IsEmpty)
        {
            var key = ReadVarint(ref message);
            var (number, wire) = (key >> 3, key & 7);
            var value = wire switch
            {
                0 => default,
                1 => Take(ref message, 8),
                2 => Take(ref message, ReadVarint(ref message)),
                5 => Take(ref message, 4),
                _ => throw new FormatException($"wire type {wire} is not one of proto3"),
            };
            var scalar = wire == 0 ? ReadVarint(ref message) : 0;
            if (number is > 0 and < int.MaxValue && shape.Fields.FirstOrDefault(f => f.Number == (int)number) is { } field && wire == WireOf(field))
            {
                AddMember(content, field, value, scalar, depth);
            }
            else if (wire == 0 && shape.Fields.FirstOrDefault(f => f.Number == (int)Math.Min(number, int.MaxValue)) is { IsList: true, Value: BomValue.Word } unpacked)
            {
                List(content, unpacked).Add(WordOf(unpacked, scalar));
            }
            else
            {
                PassedOver = true;
            }
        }

        return content;
    }

    private static ulong WireOf(BomField field) => field.Value is BomValue.Integer or BomValue.Flag || (field.Value == BomValue.Word && !field.IsList) ? 0UL : 2;

    private void AddMember(JsonObject content, BomField field, ReadOnlySpan<byte> value, ulong scalar, int depth)
    {
        if (field is { IsList: true, Value: BomValue.Word })
        {
            while (!value.IsEmpty)
            {
                List(content, field).Add(WordOf(field, ReadVarint(ref value)));
            }
        }
        else if (field.IsNested)
        {
            content[field.Name] = ReadMessage(value, new BomShape(field with { Number = 1, IsNested = false }), depth + 1)[field.Name]?.DeepClone() ?? new JsonArray();
        }
        else if (field.IsInline)
        {
            foreach (var (name, member) in ReadMessage(value, field.Of!(), depth + 1).ToList())
            {
                content[name] = member?.DeepClone();
            }
        }
        else if (field.IsList)
        {
            List(content, field).Add(ItemOf(field, value, scalar, depth));
        }
        else
        {
            content[field.Name] = ItemOf(field, value, scalar, depth);
        }
    }

    private static JsonArray List(JsonObject content, BomField field)
    {
        if (content[field.Name] is not JsonArray list)
        {
            content[field.Name] = list = [];
        }

        return list;
    }

    private JsonNode ItemOf(BomField field, ReadOnlySpan<byte> value, ulong scalar, int depth) => field.Value switch
    {
        BomValue.Object => ReadMessage(value, field.Of!(), depth + 1),
        BomValue.ReferenceMessage => ReadMessage(value, new BomShape(BomField.Text("ref", 1)), depth + 1)["ref"]?.DeepClone() ?? "",
        BomValue.Time => TimeOf(value, depth),
        BomValue.Word => WordOf(field, scalar),
        BomValue.Integer => JsonValue.Create(unchecked((int)scalar)),
        BomValue.Flag => JsonValue.Create(scalar != 0),
        BomValue.Text or BomValue.Reference => JsonValue.Create(TextOf(value)),
    };

    private static string TextOf(ReadOnlySpan<byte> value)
    {
        try
        {
            return StrictUtf8.GetString(value);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("a text is not UTF-8", e);
        }
    }

    private static JsonNode WordOf(BomField field, ulong number)
    {
        foreach (var (word, known) in field.Words)
        {
            if ((ulong)known == number)
            {
                return word;
            }
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static string TimeOf(ReadOnlySpan<byte> value, int depth)
    {
        var seconds = 0L;
        if (depth < MaximumDepth)
        {
            while (!value.IsEmpty)
            {
                var key = ReadVarint(ref value);
                var number = (key & 7) == 0 ? ReadVarint(ref value) : throw new FormatException("a timestamp has a field that is no number");
                seconds = key >> 3 == 1 ? unchecked((long)number) : seconds;
            }
        }

        return seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? FactText.Of(DateTimeOffset.FromUnixTimeSeconds(seconds))
            : throw new FormatException($"a timestamp of {seconds} seconds is out of range");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, ulong length)
    {
        if (length > (ulong)message.Length)
        {
            throw new FormatException($"a field of {length} bytes, and {message.Length} are left");
        }

        var taken = message[..(int)length];
        message = message[(int)length..];
        return taken;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var i = 0; i < 10 && i < message.Length; i++)
        {
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return value;
            }
        }

        throw new FormatException("a number does not end");
    }
}

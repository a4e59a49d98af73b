using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Export.Boms;

/// <summary>Writes CycloneDX JSON content in the protobuf encoding, by the table of <see cref="CycloneDxShapes"/>: members in the order of their numbers.</summary>
internal static class BomProtobufWriter
{
    private const int Varint = 0;
    private const int Bytes = 2;

    public static byte[] Write(JsonObject content, BomShape shape)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteMembers(output, content, shape);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteMembers(ArrayBufferWriter<byte> output, JsonObject content, BomShape shape)
    {
        foreach (var field in shape.Fields.Where(f => f.Number > 0).OrderBy(f => f.Number))
        {
            if (field.IsInline ? shape.Fields.All(f => f.IsInline || !content.ContainsKey(f.Name)) : content.ContainsKey(field.Name))
            {
                WriteMember(output, field, field.IsInline ? content : content[field.Name]!);
            }
        }
    }

    private static void WriteMember(ArrayBufferWriter<byte> output, BomField field, JsonNode value)
    {
        if (!field.IsList)
        {
            WriteItem(output, field, value);
        }
        else if (field.IsNested)
        {
            var inner = new ArrayBufferWriter<byte>();
            WriteItems(inner, field with { Number = 1, IsNested = false }, value.AsArray());
            WriteBytes(output, field.Number, inner.WrittenSpan);
        }
        else
        {
            WriteItems(output, field, value.AsArray());
        }
    }

    private static void WriteItems(ArrayBufferWriter<byte> output, BomField field, JsonArray items)
    {
        if (field.Value == BomValue.Word)
        {
            // proto3 packs repeated enumerations.
            var packed = new ArrayBufferWriter<byte>();
            foreach (var item in items)
            {
                WriteVarint(packed, (ulong)field.Words[item!.GetValue<string>()]);
            }

            WriteBytes(output, field.Number, packed.WrittenSpan);
            return;
        }

        foreach (var item in items)
        {
            WriteItem(output, field, item!);
        }
    }

    private static void WriteItem(ArrayBufferWriter<byte> output, BomField field, JsonNode value)
    {
        switch (field.Value)
        {
            case BomValue.Object:
                WriteBytes(output, field.Number, Write(value.AsObject(), field.Of!()));
                break;
            case BomValue.ReferenceMessage:
                var reference = new ArrayBufferWriter<byte>();
                WriteText(reference, 1, value.GetValue<string>());
                WriteBytes(output, field.Number, reference.WrittenSpan);
                break;
            case BomValue.Time:
                WriteBytes(output, field.Number, TimestampOf(value.GetValue<string>()));
                break;
            case BomValue.Word:
                WriteNumber(output, field.Number, (ulong)field.Words[value.GetValue<string>()]);
                break;
            case BomValue.Integer:
                WriteNumber(output, field.Number, (ulong)value.GetValue<int>());
                break;
            case BomValue.Flag:
                WriteNumber(output, field.Number, value.GetValueKind() == JsonValueKind.True ? 1UL : 0);
                break;
            case BomValue.Text or BomValue.Reference:
                WriteText(output, field.Number, value.GetValue<string>());
                break;
        }
    }

    /// <summary>google.protobuf.Timestamp.</summary>
    private static byte[] TimestampOf(string text)
    {
        var time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var output = new ArrayBufferWriter<byte>();
        WriteNumber(output, 1, unchecked((ulong)time.ToUnixTimeSeconds()));
        var nanoseconds = time.UtcTicks % TimeSpan.TicksPerSecond * 100;
        if (nanoseconds > 0)
        {
            WriteNumber(output, 2, (ulong)nanoseconds);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>A lone surrogate becomes U+FFFD: protobuf strings are UTF-8.</summary>
    private static void WriteText(ArrayBufferWriter<byte> output, int number, string text) => WriteBytes(output, number, Encoding.UTF8.GetBytes(text));

    private static void WriteBytes(ArrayBufferWriter<byte> output, int number, ReadOnlySpan<byte> value)
    {
        WriteVarint(output, ((ulong)number << 3) | Bytes);
        WriteVarint(output, (ulong)value.Length);
        output.Write(value);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, int number, ulong value)
    {
        WriteVarint(output, ((ulong)number << 3) | Varint);
        WriteVarint(output, value);
    }

    private static void WriteVarint(ArrayBufferWriter<byte> output, ulong value)
    {
        while (value >= 0x80)
        {
            output.Write([(byte)((value & 0x7f) | 0x80)]);
            value >>= 7;
        }

        output.Write([(byte)value]);
    }
}

using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Demonstration;

/// <summary>A safetensors file: a length, a JSON header that says where each tensor lies, and the tensors.</summary>
/// <param name="Metadata">The header's <c>__metadata__</c>.</param>
/// <param name="Tensors">In the order in which they lie.</param>
internal sealed record SafetensorsFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsFile.Tensor> Tensors)
{
    /// <summary>A tensor of 32-bit floats, row by row.</summary>
    internal sealed record Tensor(string Name, int[] Shape, float[] Values);

    /// <summary>The file's bytes. The header is padded with spaces so that the data is aligned to 8 bytes.</summary>
    public byte[] ToBytes()
    {
        var header = SortedJson.Serialize(Header());
        var padded = (header.Length + 7) / 8 * 8;
        var file = new byte[8 + padded + Tensors.Sum(t => t.Values.Length * sizeof(float))];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)padded);
        header.CopyTo(file, 8);
        file.AsSpan(8 + header.Length, padded - header.Length).Fill((byte)' ');
        var at = 8 + padded;
        foreach (var value in Tensors.SelectMany(t => t.Values))
        {
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(at), value);
            at += sizeof(float);
        }

        return file;
    }

    private JsonObject Header()
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject([.. Metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))]) };
        var start = 0;
        foreach (var tensor in Tensors)
        {
            var end = start + (tensor.Values.Length * sizeof(float));
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(start, end),
            };
            start = end;
        }

        return header;
    }
}

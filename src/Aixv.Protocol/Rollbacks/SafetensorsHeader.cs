using System.Buffers.Binary;
using System.Text.Json;

namespace Aixv.Protocol.Rollbacks;

/// <summary>The header of a safetensors file: 8 bytes of length, little-endian, then JSON with a dtype for each tensor.</summary>
internal static class SafetensorsHeader
{
    private const int MaximumBytes = 100 * 1024 * 1024;

    /// <summary>The type that holds the most tensors, as configurations name it; null when the file is no safetensors file.</summary>
    internal static string? TryReadDType(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> prefix = stackalloc byte[8];
            if (RandomAccess.Read(file, prefix, 0) < 8)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (length is < 2 or > MaximumBytes || (long)length + 8 > RandomAccess.GetLength(file))
            {
                return null;
            }

            var header = new byte[length];
            return RandomAccess.Read(file, header, 8) == header.Length ? Read(header) : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Read(byte[] header)
    {
        using var document = JsonDocument.Parse(header);
        return document.RootElement.ValueKind != JsonValueKind.Object ? null : document.RootElement.EnumerateObject()
            .Where(tensor => tensor.Name != "__metadata__" && tensor.Value.ValueKind == JsonValueKind.Object)
            .Select(tensor => tensor.Value.TryGetProperty("dtype", out var dtype) && dtype.ValueKind == JsonValueKind.String ? dtype.GetString() : null)
            .OfType<string>()
            .CountBy(dtype => dtype, StringComparer.Ordinal)
            .OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => Name(count.Key))
            .FirstOrDefault();
    }

    private static string Name(string dtype) => dtype switch
    {
        "F64" => "float64",
        "F32" => "float32",
        "F16" => "float16",
        "BF16" => "bfloat16",
        "I64" => "int64",
        "I32" => "int32",
        "I16" => "int16",
        "I8" => "int8",
        "U8" => "uint8",
        _ => dtype.ToLowerInvariant(),
    };
}

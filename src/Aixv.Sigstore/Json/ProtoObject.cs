using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Aixv.Sigstore.Json;

/// <summary>One JSON object read as a proto3 message: typed members, null and absent alike, and errors that name the JSON path.</summary>
/// <remarks>int64 is read from strings and numbers, bytes from base64, enums as their names.</remarks>
public sealed class ProtoObject
{
    private const int MaximumDepth = 24;
    private readonly JsonElement element;

    private ProtoObject(JsonElement element, string path)
    {
        this.element = element;
        Path = path;
    }

    /// <summary>Where the object stands, as <c>$.a.b[0]</c>.</summary>
    public string Path { get; }

    /// <summary>Parses a document; double members, deep nesting and anything but an object are refused.</summary>
    /// <param name="json">UTF-8 text, at most <paramref name="maximumBytes"/> long.</param>
    /// <param name="maximumBytes">The size that is refused unread.</param>
    /// <exception cref="FormatException">The text is not such a document.</exception>
    public static ProtoObject Parse(ReadOnlyMemory<byte> json, int maximumBytes)
    {
        if (json.Length > maximumBytes)
        {
            throw new FormatException($"$: {json.Length} bytes, at most {maximumBytes} are read");
        }

        if (!Utf8.IsValid(json.Span))
        {
            throw new FormatException("$: not valid UTF-8 text");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
            return Of(document.RootElement.Clone(), "$");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"$: not valid JSON ({e.Message})", e);
        }
    }

    private static ProtoObject Of(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? new ProtoObject(element, path)
        : throw new FormatException($"{path}: expected an object, found {Kind(element)}");

    /// <summary>Refuses members that are not among <paramref name="names"/>.</summary>
    /// <exception cref="FormatException">An unknown member.</exception>
    public ProtoObject Only(params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = NameOf(member);
            if (!names.Contains(name))
            {
                throw new FormatException($"{Path}: unknown member '{Shorten(name)}' (known: {string.Join(", ", names!)})");
            }
        }

        return this;
    }

    private string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"{Path}: a member's name is not valid text", e);
        }
    }

    private JsonElement? Find(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether the member is there and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The member as an object, or null when absent.</summary>
    public ProtoObject? Message(string name) => Find(name) is { } value ? Of(value, $"{Path}.{name}") : null;

    /// <summary>The member as an object.</summary>
    /// <exception cref="FormatException">Absent.</exception>
    public ProtoObject RequiredMessage(string name) => Message(name) ?? throw Missing(name);

    /// <summary>The member as a list of objects; absent is empty.</summary>
    /// <exception cref="FormatException">Not a list, or longer than <paramref name="maximum"/>.</exception>
    public IReadOnlyList<ProtoObject> Messages(string name, int maximum)
    {
        return Read(name, maximum, Of);
    }

    /// <summary>The member as a list of byte strings; absent is empty.</summary>
    public IReadOnlyList<byte[]> BytesList(string name, int maximum)
    {
        return Read(name, maximum, Decode);
    }

    /// <summary>The member as a list of strings; absent is empty.</summary>
    public IReadOnlyList<string> Texts(string name, int maximum)
    {
        return Read(name, maximum, AsText);
    }

    /// <remarks>A loop, not LINQ: queries over structs are compiled anew at every start of the command line.</remarks>
    private T[] Read<T>(string name, int maximum, Func<JsonElement, string, T> read) where T : class
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{Path}.{name}: expected a list, found {Kind(value)}");
        }

        var count = value.GetArrayLength();
        if (count > maximum)
        {
            throw new FormatException($"{Path}.{name}: {count} items, at most {maximum} are accepted");
        }

        var items = new T[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = read(value[i], $"{Path}.{name}[{i}]");
        }

        return items;
    }

    /// <summary>The member as text, or null when absent.</summary>
    public string? Text(string name) => Find(name) is { } value ? AsText(value, $"{Path}.{name}") : null;

    /// <summary>The member as text.</summary>
    /// <exception cref="FormatException">Absent.</exception>
    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    /// <summary>The member as bytes, or null when absent.</summary>
    public byte[]? Bytes(string name) => Find(name) is { } value ? Decode(value, $"{Path}.{name}") : null;

    /// <summary>The member as bytes.</summary>
    /// <exception cref="FormatException">Absent or empty.</exception>
    public byte[] RequiredBytes(string name) => Bytes(name) is { Length: > 0 } bytes ? bytes : throw Missing(name);

    /// <summary>The member as a signed 64-bit number from a string or a number; absent is 0.</summary>
    public long Number(string name)
    {
        if (Find(name) is not { } value)
        {
            return 0;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
        {
            return number;
        }

        return value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            ? number
            : throw new FormatException($"{Path}.{name}: expected a 64-bit integer, found {Shorten(value.GetRawText())}");
    }

    /// <summary>The member as a boolean; absent is false.</summary>
    public bool Flag(string name) => Find(name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new FormatException($"{Path}.{name}: expected a boolean"),
    };

    /// <summary>The member as an RFC 3339 time, or null when absent. Digits past 100 ns are cut.</summary>
    public DateTimeOffset? Time(string name) => Text(name) is { } text
        ? Rfc3339.TryParse(text, out var time) ? time : throw new FormatException($"{Path}.{name}: expected an RFC 3339 time, found '{Shorten(text)}'")
        : null;

    private FormatException Missing(string name) => new($"{Path}.{name}: required and missing");

    private static string AsText(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"{path}: expected a string, found {Kind(value)}");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"{path}: not valid UTF-8 text", e);
        }
    }

    private static byte[] Decode(JsonElement value, string path) => TryDecode(value, path, out var bytes)
        ? bytes
        : throw new FormatException($"{path}: expected base64");

    /// <summary>Most of a bundle is base64, so it is decoded where it stands, unless a writer escaped some of it.</summary>
    private static bool TryDecode(JsonElement value, string path, [NotNullWhen(true)] out byte[]? bytes)
    {
        var raw = value.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(value) : [];
        return raw.IsEmpty || raw.Contains((byte)'\\')
            ? StrictBase64.TryDecode(AsText(value, path), out bytes)
            : StrictBase64.TryDecode(raw[1..^1], out bytes);
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text.AsSpan(0, 60)}…";
}

using System.Collections.Immutable;
using Aixv.Sigstore.Cbor;

namespace Aixv.Sigstore.Cose;

/// <summary>A map of header parameters. Immutable; values are kept as they are encoded.</summary>
public sealed class CoseHeaders
{
    private readonly ImmutableDictionary<CoseLabel, ReadOnlyMemory<byte>> values;
    private readonly string name;

    private CoseHeaders(ImmutableDictionary<CoseLabel, ReadOnlyMemory<byte>> values, string name)
    {
        this.values = values;
        this.name = name;
    }

    /// <summary>No parameters.</summary>
    public static CoseHeaders Empty { get; } = new(ImmutableDictionary<CoseLabel, ReadOnlyMemory<byte>>.Empty, "COSE headers");

    public int Count => values.Count;

    /// <summary>In no particular order.</summary>
    public IEnumerable<CoseLabel> Labels => values.Keys;

    public bool Contains(CoseLabel label) => values.ContainsKey(label);

    /// <summary>The encoded value of a parameter.</summary>
    public bool TryGetEncoded(CoseLabel label, out ReadOnlyMemory<byte> encoded) => values.TryGetValue(label, out encoded);

    /// <summary>Where the value stands, read with the given name in messages; null when the parameter is absent.</summary>
    internal CborReader? Reader(CoseLabel label) => values.TryGetValue(label, out var encoded) ? new CborReader(encoded, $"{name}: parameter {label}") : null;

    /// <summary>A parameter that is a number, or null when it is absent.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public long? FindInteger(CoseLabel label) => Reader(label)?.ReadInteger();

    /// <summary>A parameter that is text, or null when it is absent.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public string? FindText(CoseLabel label) => Reader(label)?.ReadText();

    /// <summary>A parameter of bytes, or false when it is absent.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public bool TryGetBytes(CoseLabel label, out ReadOnlyMemory<byte> bytes)
    {
        bytes = Reader(label)?.ReadBytes() ?? default;
        return Contains(label);
    }

    /// <summary>With a parameter, in place of the one of this label if there is one.</summary>
    /// <param name="encoded">One CBOR data item.</param>
    /// <exception cref="FormatException">Not one data item.</exception>
    public CoseHeaders WithEncoded(CoseLabel label, ReadOnlyMemory<byte> encoded)
    {
        var reader = new CborReader(encoded, $"{name}: parameter {label}");
        reader.ReadEncoded();
        reader.RequireEnd();
        return new CoseHeaders(values.SetItem(label, encoded), name);
    }

    public CoseHeaders With(CoseLabel label, long value) => WithEncoded(label, new CborWriter().WriteInteger(value).ToBytes());

    public CoseHeaders With(CoseLabel label, string value) => WithEncoded(label, new CborWriter().WriteText(value).ToBytes());

    public CoseHeaders With(CoseLabel label, ReadOnlySpan<byte> value) => WithEncoded(label, new CborWriter().WriteBytes(value).ToBytes());

    public CoseHeaders Without(CoseLabel label) => new(values.Remove(label), name);

    /// <summary>The map in deterministic encoding.</summary>
    public byte[] Encode() =>
        new CborWriter().WriteMap(values.Select(v => KeyValuePair.Create(v.Key.Encode(), v.Value))).ToBytes();

    /// <summary>Reads a map whose labels are numbers or texts.</summary>
    /// <exception cref="FormatException">Something else, or a label twice.</exception>
    internal static CoseHeaders Read(CborReader reader, string name)
    {
        var values = ImmutableDictionary.CreateBuilder<CoseLabel, ReadOnlyMemory<byte>>();
        for (var left = reader.ReadMap(); left > 0; left--)
        {
            var label = CoseLabel.Read(reader);
            if (!values.TryAdd(label, reader.ReadEncoded()))
            {
                throw new FormatException($"{name}: parameter {label} comes twice");
            }
        }

        return new CoseHeaders(values.ToImmutable(), name);
    }
}

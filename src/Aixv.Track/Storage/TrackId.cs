using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Aixv.Track.Storage;

/// <summary>The 128 bits that name an entry or a record. They have two spellings: a UUID (version 7) and a ULID.</summary>
/// <remarks>The first 48 bits are the milliseconds since 1970, in both; the rest is random, but for the six bits of UUID version and variant.</remarks>
internal readonly record struct TrackId : IComparable<TrackId>
{
    /// <summary>The length of <see cref="ToBytes"/>.</summary>
    public const int Length = 16;

    private const int UlidLength = 26;
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly UInt128 value;

    private TrackId(UInt128 value) => this.value = value;

    public static TrackId New(DateTimeOffset time) => new(ReadBytes(Guid.CreateVersion7(time).ToByteArray(bigEndian: true)));

    /// <param name="bytes">16, big-endian.</param>
    public static TrackId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new(ReadBytes(bytes))
        : throw new FormatException($"an id has {Length} bytes, not {bytes.Length}");

    private static UInt128 ReadBytes(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);

    /// <summary>16 bytes, big-endian: they sort by time.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }

    public Guid ToGuid() => new(ToBytes(), bigEndian: true);

    /// <summary>The lower-case UUID.</summary>
    public override string ToString() => ToGuid().ToString("D");

    /// <summary>26 characters of Crockford's base 32, upper case.</summary>
    public string ToUlid() => string.Create(UlidLength, value, static (text, rest) =>
    {
        for (var i = UlidLength - 1; i >= 0; i--, rest >>= 5)
        {
            text[i] = Digits[(int)(rest & 31)];
        }
    });

    /// <summary>Reads a UUID or a ULID; a ULID may stand after a prefix that ends in a colon or underscore, as <c>maip-model:…</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TrackId id)
    {
        id = default;
        if (text is null)
        {
            return false;
        }

        if (Guid.TryParseExact(text, "D", out var guid))
        {
            id = new(ReadBytes(guid.ToByteArray(bigEndian: true)));
            return true;
        }

        if (text.Length < UlidLength || (text.Length > UlidLength && text[^(UlidLength + 1)] is not (':' or '_')))
        {
            return false;
        }

        UInt128 read = 0;
        var ulid = text.AsSpan(text.Length - UlidLength);
        if (ulid[0] is < '0' or > '7')
        {
            return false;
        }

        foreach (var c in ulid)
        {
            var digit = Digits.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            read = (read << 5) | (uint)digit;
        }

        id = new(read);
        return true;
    }

    /// <exception cref="FormatException">Neither UUID nor ULID.</exception>
    public static TrackId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is neither a UUID nor a ULID");

    public int CompareTo(TrackId other) => value.CompareTo(other.value);
}

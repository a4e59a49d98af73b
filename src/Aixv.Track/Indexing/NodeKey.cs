using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>A node of the lineage graph: an artifact by digest, a record by id, or a name.</summary>
/// <remarks>Written <c>sha256:…</c>, as UUID, or as the name itself; stored as a tag byte with 32, 16 or any bytes.</remarks>
internal sealed record NodeKey
{
    private const byte NameTag = 0;
    private const byte DigestTag = 1;
    private const byte IdTag = 2;
    private const int MaximumName = 1024;

    private string? text;

    private NodeKey(string? text, byte[] bytes) => (this.text, Bytes) = (text, bytes);

    public string Text => text ??= Bytes.Span[0] switch
    {
        DigestTag => Digest.FromBytes(Bytes.Span[1..]).ToString(),
        IdTag => TrackId.FromBytes(Bytes.Span[1..]).ToString(),
        _ => Encoding.UTF8.GetString(Bytes.Span[1..]),
    };

    /// <summary>Whether it is known by its name alone.</summary>
    public bool IsNamed => Bytes.Span[0] == NameTag;

    /// <summary>The artifact's digest; null for what has none.</summary>
    public Digest? Digest => Bytes.Span[0] == DigestTag ? Digest.FromBytes(Bytes.Span[1..]) : null;

    /// <summary>The record's id; null for what is no record.</summary>
    public TrackId? Id => Bytes.Span[0] == IdTag ? TrackId.FromBytes(Bytes.Span[1..]) : default(TrackId?);

    /// <summary>As stored.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public static NodeKey Of(Digest digest) => new(digest.ToString(), [DigestTag, .. digest.ToBytes()]);

    public static NodeKey Of(TrackId id) => new(id.ToString(), [IdTag, .. id.ToBytes()]);

    /// <summary>A node that is known by nothing but its name, as <c>pkg:huggingface/org/model</c>.</summary>
    /// <exception cref="ArgumentException">Empty or too long.</exception>
    public static NodeKey Named(string name) => Encoding.UTF8.GetByteCount(name) is > 0 and <= MaximumName
        ? new(name, [NameTag, .. Encoding.UTF8.GetBytes(name)])
        : throw new ArgumentException($"the name of a node has 1 to {MaximumName} bytes", nameof(name));

    /// <summary>Digest, UUID or name, by their form.</summary>
    public static NodeKey Parse(string text) =>
        text.StartsWith("sha256:", StringComparison.Ordinal) && Digest.TryParse(text, out var digest) ? Of(digest)
        : Guid.TryParseExact(text, "D", out _) && TrackId.TryParse(text, out var id) ? Of(id)
        : Named(text);

    /// <summary>Whether the stored form is that of a digest.</summary>
    public static bool IsDigest(ReadOnlySpan<byte> bytes) => bytes is [DigestTag, ..];

    /// <summary>The bytes of a digest's node.</summary>
    public static byte[] DigestBytes(ReadOnlySpan<byte> digest) => [DigestTag, .. digest];

    /// <exception cref="InvalidDataException">Not a stored node.</exception>
    public static NodeKey FromBytes(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [DigestTag, .. { Length: 32 }] or [IdTag, .. { Length: TrackId.Length }] or [NameTag, _, ..] => new(null, bytes.ToArray()),
        _ => throw new InvalidDataException("track: the index holds a node that cannot be read"),
    };

    public bool Equals(NodeKey? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Text;
}

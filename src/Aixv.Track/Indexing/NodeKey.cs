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

    private NodeKey(string text, byte[] bytes) => (Text, Bytes) = (text, bytes);

    public string Text { get; }

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

    /// <exception cref="InvalidDataException">Not a stored node.</exception>
    public static NodeKey FromBytes(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [DigestTag, .. { Length: 32 } digest] => Of(Digest.FromBytes(digest)),
        [IdTag, .. { Length: TrackId.Length } id] => Of(TrackId.FromBytes(id)),
        [NameTag, .. var name] => Named(Encoding.UTF8.GetString(name)),
        _ => throw new InvalidDataException("track: the index holds a node that cannot be read"),
    };

    public bool Equals(NodeKey? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}

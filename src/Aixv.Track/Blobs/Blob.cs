namespace Aixv.Track.Blobs;

/// <summary>Bytes to keep for ever.</summary>
internal readonly record struct Blob(BlobKind Kind, ReadOnlyMemory<byte> Content);

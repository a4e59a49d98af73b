namespace Aixv.Track.Blobs;

/// <summary>A blob as a scan finds it.</summary>
internal readonly record struct StoredBlob(BlobLocation Location, Blob Blob);

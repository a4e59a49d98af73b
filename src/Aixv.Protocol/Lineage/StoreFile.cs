namespace Aixv.Protocol.Lineage;

/// <summary>A record's file in a store.</summary>
/// <param name="Path">Relative to the store, with forward slashes.</param>
/// <param name="Record">The record's stamp.</param>
/// <param name="Bundle">The stamp of the bundle beside it, or <see cref="FileStamp.None"/>.</param>
internal sealed record StoreFile(string Path, FileStamp Record, FileStamp Bundle);

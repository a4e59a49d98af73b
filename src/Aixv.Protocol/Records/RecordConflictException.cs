namespace Aixv.Protocol.Records;

/// <summary>A record of this name is there and says something else: records are append-only.</summary>
public sealed class RecordConflictException(string path, string message) : Exception(message)
{
    /// <summary>The record that is there; it was not touched.</summary>
    public string Path { get; } = path;
}

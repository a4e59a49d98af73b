namespace Aixv.Transparency.Tests;

/// <summary>A fresh directory, deleted at the end.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    internal string FullPath { get; } = Directory.CreateTempSubdirectory("aixv-log-").FullName;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}

namespace Aixv.Export.Tests;

/// <summary>A document in a file, which is removed when disposed.</summary>
internal sealed class TemporaryDocument : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aixv-export-");

    public TemporaryDocument(byte[] document, string extension)
    {
        Path = System.IO.Path.Combine(folder.FullName, $"document{extension}");
        File.WriteAllBytes(Path, document);
    }

    public string Path { get; }

    public void Dispose() => folder.Delete(recursive: true);
}

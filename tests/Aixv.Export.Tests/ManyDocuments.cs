namespace Aixv.Export.Tests;

/// <summary>Documents in files of one folder, which is removed when disposed: for validators that are slow to start.</summary>
internal sealed class ManyDocuments : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aixv-export-");
    private readonly List<string> paths = [];

    public IReadOnlyList<string> Paths => paths;

    public string Add(byte[] document, string name)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, document);
        paths.Add(path);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}

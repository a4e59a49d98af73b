using System.Text.Json.Nodes;

namespace Aixv.Export.Tests;

/// <summary>One format's documents of all samples that it takes, in files; removed when disposed.</summary>
internal sealed class SampleDocuments : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aixv-export-");

    public SampleDocuments(string format)
    {
        var exporter = Exporters.Find(format)!;
        foreach (var sample in Samples.Names)
        {
            if (ExportedBytes.TryOf(exporter, sample) is { } bytes)
            {
                var path = Path.Combine(folder.FullName, $"{sample}{exporter.Format.Extension}");
                File.WriteAllBytes(path, bytes);
                Paths.Add(path);
            }
        }

        Assert.NotEmpty(Paths);
    }

    public List<string> Paths { get; } = [];

    /// <summary>A sample's document.</summary>
    public static JsonObject Json(string format, string sample) => JsonNode.Parse(ExportedBytes.Of(format, sample))!.AsObject();

    public void Dispose() => folder.Delete(recursive: true);
}

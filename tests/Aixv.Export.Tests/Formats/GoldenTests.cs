namespace Aixv.Export.Tests.Formats;

/// <summary>Every format of every sample is a file under testdata/golden/exports; AIXV_WRITE_GOLDEN=1 writes them.</summary>
public sealed class GoldenTests
{
    private static string Folder => Path.GetFullPath(Path.Combine(Samples.Folder, "..", "golden", "exports"));

    public static TheoryData<string> Formats => [.. Exporters.All.Select(e => e.Format.Id)];

    [Theory, MemberData(nameof(Formats))]
    public void Documents_are_as_reviewed(string format)
    {
        var exporter = Exporters.Find(format)!;
        foreach (var sample in Samples.Names)
        {
            var path = Path.Combine(Folder, sample, $"{format}{exporter.Format.Extension}");
            var bytes = ExportedBytes.TryOf(exporter, sample);
            if (Environment.GetEnvironmentVariable("AIXV_WRITE_GOLDEN") == "1")
            {
                Write(path, bytes);
            }

            if (bytes is null)
            {
                Assert.False(File.Exists(path), $"{path} is there, and the format refuses the sample");
            }
            else
            {
                Assert.True(File.Exists(path), $"{path} is missing; AIXV_WRITE_GOLDEN=1 writes it");
                Assert.Equal(File.ReadAllBytes(path), bytes);
            }
        }
    }

    private static void Write(string path, byte[]? bytes)
    {
        if (bytes is null)
        {
            File.Delete(path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}

using Aixv.Transparency.Storage;

namespace Aixv.Transparency.Tests.Storage;

public sealed class DurableFilesTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Folders_are_made_and_no_temporary_file_stays()
    {
        var files = new DurableFiles();
        var file = Path.Combine(directory.FullPath, "a", "b", "c");
        files.Replace(file, file + ".tmp", [1, 2]);
        files.Replace(file, file + ".tmp", [3]);
        files.Sync(directory.FullPath);
        Assert.Equal([3], File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(directory.FullPath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Syncing_what_does_not_exist_says_where()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "directories are not synced on Windows");
        var missing = Path.Combine(directory.FullPath, "missing");
        Assert.Contains(missing, Assert.Throws<IOException>(() => DiskSync.Directory(missing)).Message, StringComparison.Ordinal);
    }
}

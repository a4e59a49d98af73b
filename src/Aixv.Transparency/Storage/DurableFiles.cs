namespace Aixv.Transparency.Storage;

/// <summary>Whole files, written so that readers never see a part, and remembered until they are synced.</summary>
internal sealed class DurableFiles
{
    private readonly Lock gate = new();
    private HashSet<string> unsynced = [];

    internal void Replace(string file, string temporary, ReadOnlySpan<byte> content)
    {
        Write(temporary, content);
        File.Move(temporary, file, overwrite: true);
        Remember(file);
    }

    private static void Write(string file, ReadOnlySpan<byte> content)
    {
        try
        {
            WriteInto(file, content);
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            WriteInto(file, content);
        }
    }

    private static void WriteInto(string file, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(handle, content, 0);
    }

    private void Remember(string file)
    {
        if (!DiskSync.HasFileSystemSync)
        {
            lock (gate)
            {
                unsynced.Add(file);
            }
        }
    }

    /// <summary>Makes everything written so far durable.</summary>
    internal void Sync(string root)
    {
        if (DiskSync.HasFileSystemSync)
        {
            DiskSync.FileSystem(root);
            return;
        }

        HashSet<string> files;
        lock (gate)
        {
            (files, unsynced) = (unsynced, []);
        }

        foreach (var file in files.Where(File.Exists))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }

        SyncFolders(root, files);
    }

    /// <summary>A new folder's own entry is in its parent, so all up to the root are synced.</summary>
    private static void SyncFolders(string root, IEnumerable<string> files)
    {
        var folders = new HashSet<string>();
        foreach (var file in files)
        {
            for (var folder = Path.GetDirectoryName(file); folder is not null && folder.Length >= root.Length; folder = Path.GetDirectoryName(folder))
            {
                if (!folders.Add(folder))
                {
                    break;
                }
            }
        }

        foreach (var folder in folders.Where(Directory.Exists))
        {
            DiskSync.Directory(folder);
        }
    }
}

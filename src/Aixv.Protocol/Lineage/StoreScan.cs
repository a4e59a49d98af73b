using System.IO.Enumeration;

namespace Aixv.Protocol.Lineage;

/// <summary>Lists the records of a store that lineage reads, with what tells whether they changed. Opens no file.</summary>
internal static class StoreScan
{
    private const string BundleEnding = ".sigstore.json";
    private static readonly string[] Folders = ["advisories", "attestations", "records/bundle", "records/rollback"];

    /// <summary>The files, sorted by path.</summary>
    internal static List<StoreFile> List(string store)
    {
        var files = new List<StoreFile>();
        foreach (var folder in Folders)
        {
            var path = Path.Combine(store, folder);
            if (!Directory.Exists(path))
            {
                continue;
            }

            var entries = new FileSystemEnumerable<(string Name, FileStamp Stamp)>(
                path, static (ref FileSystemEntry entry) => (entry.FileName.ToString(), new FileStamp(entry.Length, entry.LastWriteTimeUtc.Ticks)))
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) =>
                    entry.FileName.EndsWith(".json", StringComparison.Ordinal) && !entry.FileName.StartsWith('.') && !entry.IsDirectory,
            };
            var found = entries.ToList();
            var bundles = found.Where(f => f.Name.EndsWith(BundleEnding, StringComparison.Ordinal)).ToDictionary(f => f.Name, f => f.Stamp, StringComparer.Ordinal);
            files.AddRange(found
                .Where(f => !f.Name.EndsWith(BundleEnding, StringComparison.Ordinal))
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => new StoreFile($"{folder}/{f.Name}", f.Stamp, bundles.GetValueOrDefault(f.Name + BundleEnding, FileStamp.None))));
        }

        return files;
    }
}

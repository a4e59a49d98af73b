namespace Aixv.Protocol.Records;

/// <summary>Where the bundle of a record lies.</summary>
internal static class BundlePlace
{
    /// <summary>How far the working directory may lie above a record: <c>.aixv/records/&lt;kind&gt;/</c>.</summary>
    private const int MaximumLevels = 3;

    /// <summary>
    /// Beside the record; else where it says, from its own folder or, as the Python package writes it, from the working directory
    /// that the store lies in. Null where there is none.
    /// </summary>
    public static string? Find(string recordPath, string? stated)
    {
        // Beside the file goes first: a record that came by a feed may have another number here than where it was written.
        var beside = $"{recordPath}.sigstore.json";
        return File.Exists(beside) ? beside : FindElsewhere(recordPath, stated);
    }

    /// <summary>The same, without the place beside the record.</summary>
    public static string? FindElsewhere(string recordPath, string? stated)
    {
        if (string.IsNullOrWhiteSpace(stated))
        {
            return null;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(recordPath));
        for (var level = 0; folder is not null && level <= MaximumLevels; level++, folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, stated) is var path && File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}

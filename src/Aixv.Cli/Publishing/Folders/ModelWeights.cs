namespace Aixv.Cli.Publishing.Folders;

/// <summary>The files of a folder that hold a model's weights, by their names.</summary>
internal static class ModelWeights
{
    private const int MaximumDepth = 4;
    private const int MaximumFiles = 10_000;
    private static readonly string[] Endings = [".safetensors", ".gguf", ".ggml", ".onnx", ".pt", ".pth", ".ckpt", ".h5", ".keras", ".msgpack", ".tflite", ".bin", ".npz", ".llamafile"];

    /// <summary>What a trainer saves beside the weights, by the beginning of its name.</summary>
    private static readonly string[] Others = ["training_args", "optimizer", "scheduler", "rng_state", "scaler", "trainer_state"];

    /// <summary>Paths from the folder with forward slashes, in order; linked folders are not entered.</summary>
    public static IReadOnlyList<string> Find(string folder)
    {
        var found = new List<string>();
        Collect(folder, folder, 0, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(string root, string folder, int depth, List<string> found)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.Name.StartsWith('.') || entry.Name is "node_modules" or "__pycache__")
            {
                continue;
            }

            if (entry is DirectoryInfo inside)
            {
                if (depth < MaximumDepth && inside.LinkTarget is null)
                {
                    Collect(root, inside.FullName, depth + 1, found);
                }
            }
            else if (IsWeights(entry.Name) && found.Count < MaximumFiles)
            {
                found.Add(Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'));
            }
        }
    }

    public static bool IsWeights(string name) =>
        Array.Exists(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && !Array.Exists(Others, other => name.StartsWith(other, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether there is a file, behind its links; a link that leads nowhere is none.</summary>
    public static bool IsThere(string path) => File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is null or FileInfo { Exists: true };

    /// <summary>Finds out before it is digested, signed or sent whether a file is what it seems to be.</summary>
    /// <exception cref="CommandFailure">It is missing, a pointer, or a download that did not end.</exception>
    public static void RequireWhole(App app, string path)
    {
        var absolute = app.Resolve(path);
        if (!IsThere(absolute))
        {
            throw new CommandFailure(new FileInfo(absolute).LinkTarget is { } target
                ? $"{path} is a link to {target}, which is not there: the download did not end; fetch it again"
                : $"artifact not found: {path}");
        }

        if (LfsPointer.Read(absolute) is { } pointer)
        {
            throw new CommandFailure(pointer.Describe(path));
        }

        PartialDownload.Refuse(path, absolute);
    }
}

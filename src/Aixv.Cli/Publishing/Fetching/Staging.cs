using Aixv.Cli.Publishing.Folders;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>The folder inside the target where files wait until they are verified. Nobody takes it for the model.</summary>
internal sealed class Staging : IDisposable
{
    public const string Name = ".aixv-partial";
    private readonly string folder;
    private readonly FileStream gate;

    private Staging(string folder, FileStream gate) => (this.folder, this.gate) = (folder, gate);

    /// <exception cref="CommandFailure">Another process fetches into the same folder.</exception>
    public static Staging Open(string folder)
    {
        var place = Path.Combine(folder, Name);
        System.IO.Directory.CreateDirectory(place);
        try
        {
            return new Staging(folder, new FileStream(Path.Combine(place, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new CommandFailure($"{folder}: another process fetches into it ({e.Message})", ExitCode.WorldFailed);
        }
    }

    /// <summary>Where a file waits. The path was checked.</summary>
    public string PathOf(string file) => Path.Combine(folder, Name, "files", file);

    /// <summary>Where a bundle waits; its bytes name it.</summary>
    public string Write(RemoteBundle bundle)
    {
        var path = Path.Combine(folder, Name, "bundles", $"{Digest.Of(bundle.Bytes).Hex}.sigstore.json");
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bundle.Bytes);
        return path;
    }

    /// <summary>Where a file goes in the end.</summary>
    /// <exception cref="CommandFailure">The path, or a link on it, leads out of the folder.</exception>
    public string TargetOf(string file)
    {
        if (!SafePath.IsRelative(file) || file.Split('/')[0] is Name)
        {
            throw new CommandFailure($"'{file}' is no path inside a folder: refused");
        }

        var place = folder;
        foreach (var part in file.Split('/')[..^1])
        {
            place = Path.Combine(place, part);
            if (new DirectoryInfo(place).LinkTarget is { } target)
            {
                throw new CommandFailure($"{place} is a link to {target}: nothing is put behind links");
            }
        }

        return Path.Combine(folder, file);
    }

    /// <summary>Gives a file its name.</summary>
    public static void Place(string waiting, string target)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(waiting, target, overwrite: true);
    }

    /// <summary>Throws away what waits.</summary>
    public void Clear()
    {
        gate.Dispose();
        System.IO.Directory.Delete(Path.Combine(folder, Name), recursive: true);
    }

    public void Dispose() => gate.Dispose();
}

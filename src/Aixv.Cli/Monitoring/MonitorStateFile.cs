using Aixv.Cli.Output;
using Aixv.Protocol.Monitoring;

namespace Aixv.Cli.Monitoring;

/// <summary>Where a monitor keeps how far it is. One monitor has it at a time.</summary>
internal sealed class MonitorStateFile : IDisposable
{
    private readonly string path;
    private readonly FileStream hold;

    /// <exception cref="IOException">Another monitor has it.</exception>
    public MonitorStateFile(string path)
    {
        this.path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            hold = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"monitor: {path} is in use by another monitor: {e.Message}", e);
        }
    }

    /// <summary>Null the first time.</summary>
    /// <exception cref="FormatException">The file is damaged: what was seen is forgotten, and somebody must decide.</exception>
    public MonitorState? Read()
    {
        try
        {
            return MonitorState.Parse(File.ReadAllBytes(path));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}; restore it, or remove it to begin anew", e);
        }
    }

    /// <summary>Returns when the state would survive a power failure.</summary>
    public void Write(MonitorState state)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            stream.Write(IndentedJson.ToFile(state.ToJson()));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public void Dispose() => hold.Dispose();
}

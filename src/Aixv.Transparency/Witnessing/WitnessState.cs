using System.Security.Cryptography;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Storage;

namespace Aixv.Transparency.Witnessing;

/// <summary>The last checkpoint of each log that was cosigned, each in a file of a folder that one witness has at a time.</summary>
/// <remarks>A file is named by the SHA-256 of the origin and is the checkpoint as the log signed it. Replaced in one step, and durably.</remarks>
public sealed class WitnessState : IDisposable
{
    private readonly string folder;
    private readonly FileStream hold;

    /// <param name="folder">Created when it does not exist.</param>
    /// <exception cref="IOException">Another witness has it.</exception>
    public WitnessState(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(this.folder);
        var path = Path.Combine(this.folder, "lock");
        try
        {
            hold = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"witness: {this.folder} is open in another witness (lock file {path}): {e.Message}", e);
        }
    }

    /// <summary>The last cosigned checkpoint of a log, or null when there is none yet.</summary>
    /// <exception cref="InvalidDataException">The file is damaged. The witness must not sign for this log: it would forget what it saw.</exception>
    internal Checkpoint? Read(string origin)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(FileOf(origin));
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        return SignedNote.TryParse(bytes, out var note, out _) && Checkpoint.TryParse(note.Text.Span, out var checkpoint, out _) && checkpoint.Origin == origin
            ? checkpoint
            : throw new InvalidDataException($"witness: {FileOf(origin)} is not the last checkpoint of {origin}; restore it, or nothing is signed for this log");
    }

    /// <summary>Returns when the checkpoint would survive a power failure.</summary>
    internal void Write(string origin, SignedNote checkpoint)
    {
        var (file, temporary) = (FileOf(origin), FileOf(origin) + ".tmp");
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, checkpoint.ToBytes(), 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, file, overwrite: true);
        DiskSync.Directory(folder);
    }

    private string FileOf(string origin) =>
        Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))}.checkpoint");

    public void Dispose() => hold.Dispose();
}

using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Initialising;

/// <summary>A file that <c>init</c> makes: made anew as long as nobody changed it, and left alone ever after.</summary>
/// <param name="Name">Its key in aixv.json's <c>generated</c>, where the digest of what was written is kept.</param>
internal sealed record GeneratedFile(string Name, string Path)
{
    /// <summary>The content that is there; null where there is no file.</summary>
    public byte[]? Current { get; } = File.Exists(Path) ? File.ReadAllBytes(Path) : null;

    /// <summary>Whether it is as <c>init</c> wrote it the last time.</summary>
    public bool IsOurs(JsonObject generated) =>
        Current is null || (generated[Name] is JsonValue value && value.TryGetValue<string>(out var digest) && digest == Digest.Of(Current).ToString());

    /// <summary>Writes it, unless it is so already, and remembers it.</summary>
    public FileState Write(byte[] content, JsonObject generated)
    {
        var state = Current is null ? FileState.Written : Current.AsSpan().SequenceEqual(content) ? FileState.Unchanged : FileState.Updated;
        if (state != FileState.Unchanged)
        {
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            KeptFile.Replace(Path, content);
        }

        generated[Name] = Digest.Of(content).ToString();
        return state;
    }
}

using System.Globalization;
using System.Text;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Folders;

/// <summary>What Git LFS leaves in the place of a file that it did not fetch: the digest and size of the real one.</summary>
internal sealed record LfsPointer(Digest Digest, long Size)
{
    private const int MaximumBytes = 1024;
    private static readonly byte[] Version = "version https://git-lfs.github.com/spec/"u8.ToArray();

    /// <summary>Null for a file that is none, or is not there.</summary>
    public static LfsPointer? Read(string path)
    {
        var file = new FileInfo(path);
        if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        if (!file.Exists || file.Length is < 100 or > MaximumBytes)
        {
            return null;
        }

        return TryParse(File.ReadAllBytes(file.FullName));
    }

    public static LfsPointer? TryParse(ReadOnlySpan<byte> content)
    {
        if (content.Length > MaximumBytes || !content.StartsWith(Version))
        {
            return null;
        }

        Digest? digest = null;
        long? size = null;
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n'))
        {
            if (line.StartsWith("oid ", StringComparison.Ordinal) && Digest.TryParse(line[4..], out var parsed))
            {
                digest = parsed;
            }
            else if (line.StartsWith("size ", StringComparison.Ordinal) && long.TryParse(line[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                size = number;
            }
        }

        return digest is not null && size is { } length ? new LfsPointer(digest, length) : null;
    }

    /// <summary>What to tell who took it for the file.</summary>
    public string Describe(string path) => string.Create(
        CultureInfo.InvariantCulture, $"{path} is a Git LFS pointer, not the file itself ({Size} bytes, {Digest}): run 'git lfs pull', or download the file");
}

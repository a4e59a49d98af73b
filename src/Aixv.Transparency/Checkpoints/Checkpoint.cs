using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Checkpoints;

/// <summary>A C2SP tlog-checkpoint: what a log says its tree is. It is the text of a <see cref="SignedNote"/>.</summary>
/// <param name="Origin">The log's name; not empty.</param>
/// <param name="Size">The number of leaves.</param>
/// <param name="Root">The root of the tree of that size.</param>
/// <param name="Extensions">Further lines, none empty.</param>
public sealed record Checkpoint(string Origin, ulong Size, MerkleHash Root, ImmutableArray<string> Extensions)
{
    private const int FixedLines = 3;

    /// <exception cref="FormatException">Not a checkpoint.</exception>
    public static Checkpoint Parse(ReadOnlySpan<byte> text) =>
        TryParse(text, out var checkpoint, out var error) ? checkpoint : throw new FormatException(error);

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> text, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? error)
    {
        checkpoint = null;
        if (text.Length > SignedNote.MaximumLength)
        {
            error = $"checkpoint: {text.Length} bytes, at most {SignedNote.MaximumLength} are read";
            return false;
        }

        if (text.IsEmpty || text[^1] != (byte)'\n' || !System.Text.Unicode.Utf8.IsValid(text))
        {
            error = "checkpoint: not UTF-8 lines that end in a newline";
            return false;
        }

        var lines = Encoding.UTF8.GetString(text[..^1]).Split('\n');
        error = Problem(lines, out var size, out var root);
        if (error is not null)
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root, [.. lines[FixedLines..]]);
        return true;
    }

    private static string? Problem(string[] lines, out ulong size, out MerkleHash root)
    {
        size = 0;
        root = default;
        if (lines.Length < FixedLines)
        {
            return $"checkpoint: {lines.Length} lines, expected origin, size and root hash";
        }

        if (lines[0].Length == 0)
        {
            return "checkpoint: the origin line is empty";
        }

        // The digits are checked first, for the parser also takes trailing NULs.
        if (lines[1].AsSpan().ContainsAnyExceptInRange('0', '9')
            || !ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out size) || lines[1] is ['0', _, ..])
        {
            return "checkpoint: the size line is not a 64-bit decimal number without leading zeros";
        }

        if (StrictBase64.Decode(Encoding.UTF8.GetBytes(lines[2])) is not { Length: MerkleHash.Length } hash)
        {
            return "checkpoint: the root hash line is not the base64 of 32 bytes";
        }

        root = MerkleHash.FromBytes(hash);
        return Array.IndexOf(lines, "", FixedLines) < 0 ? null : "checkpoint: an extension line is empty";
    }

    /// <summary>The text that is signed.</summary>
    /// <exception cref="FormatException">The origin or an extension is empty or spans lines.</exception>
    public byte[] ToText()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n");
        foreach (var extension in Extensions.IsDefault ? [] : Extensions)
        {
            text.Append(extension).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return Parse(bytes).Equals(this)
            ? bytes
            : throw new FormatException("checkpoint: the origin or an extension holds a newline or is not valid text");
    }

    public bool Equals(Checkpoint? other) => other is not null && Origin == other.Origin && Size == other.Size && Root == other.Root
        && (Extensions.IsDefault ? [] : Extensions).SequenceEqual(other.Extensions.IsDefault ? [] : other.Extensions);

    public override int GetHashCode() => HashCode.Combine(Origin, Size, Root);
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Aixv.Transparency.Checkpoints;

/// <summary>A C2SP signed note: a text, a blank line, and signature lines. Nothing is verified by reading one.</summary>
public sealed class SignedNote
{
    /// <summary>The longest note that is read or written, in bytes.</summary>
    public const int MaximumLength = 64 * 1024;

    /// <summary>The most signature lines that a note may have.</summary>
    public const int MaximumSignatures = 100;

    private const byte NewLine = (byte)'\n';
    private byte[]? encoded;

    private SignedNote(ReadOnlyMemory<byte> text, ImmutableArray<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The signed bytes: UTF-8, up to and including the newline before the last blank line.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>In the order of the note; at least one.</summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>Makes a note of its parts.</summary>
    /// <exception cref="FormatException">The parts make no note that could be read back.</exception>
    public static SignedNote Create(ReadOnlyMemory<byte> text, ImmutableArray<NoteSignature> signatures) =>
        Parse(new SignedNote(text, signatures).ToBytes());

    /// <exception cref="FormatException">Not a note.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out var note, out var error) ? note : throw new FormatException(error);

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? error)
    {
        note = null;
        error = Problem(bytes);
        if (error is not null)
        {
            return false;
        }

        var split = bytes.LastIndexOf("\n\n"u8);
        if (split < 0)
        {
            error = "note: no blank line between text and signatures";
            return false;
        }

        var signatures = ReadSignatures(bytes[(split + 2)..], out error);
        if (signatures is null)
        {
            error ??= "note: no signatures";
            return false;
        }

        note = new SignedNote(bytes[..(split + 1)].ToArray(), signatures.Value);
        error = null;
        return true;
    }

    private static string? Problem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumLength)
        {
            return $"note: {bytes.Length} bytes, at most {MaximumLength} are read";
        }

        if (bytes.IsEmpty || bytes[^1] != NewLine)
        {
            return "note: does not end in a newline";
        }

        foreach (var b in bytes)
        {
            if (b < 0x20 && b != NewLine)
            {
                return $"note: control character 0x{b:x2}";
            }
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? null : "note: not UTF-8";
    }

    private static ImmutableArray<NoteSignature>? ReadSignatures(ReadOnlySpan<byte> lines, out string? error)
    {
        error = null;
        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        while (!lines.IsEmpty)
        {
            if (signatures.Count == MaximumSignatures)
            {
                error = $"note: more than {MaximumSignatures} signatures";
                return null;
            }

            var end = lines.IndexOf(NewLine);
            if (ReadSignature(lines[..end]) is not { } signature)
            {
                error = $"note: signature line {signatures.Count + 1} is not '\u2014 name base64'";
                return null;
            }

            signatures.Add(signature);
            lines = lines[(end + 1)..];
        }

        return signatures.Count == 0 ? null : signatures.ToImmutable();
    }

    private static NoteSignature? ReadSignature(ReadOnlySpan<byte> line)
    {
        var dash = "\u2014 "u8;
        if (!line.StartsWith(dash))
        {
            return null;
        }

        line = line[dash.Length..];
        var space = line.IndexOf((byte)' ');
        if (space < 0)
        {
            return null;
        }

        var name = Encoding.UTF8.GetString(line[..space]);
        var bytes = StrictBase64.Decode(line[(space + 1)..]);
        return NoteName.IsValid(name) && bytes is { Length: > NoteSignature.KeyIdLength }
            ? new NoteSignature(name, bytes.AsMemory(0, NoteSignature.KeyIdLength), bytes.AsMemory(NoteSignature.KeyIdLength))
            : null;
    }

    /// <summary>The note as it is sent: for a note that was read, the bytes that were read.</summary>
    /// <remarks>Made once: a log sends the same note to every caller of a batch.</remarks>
    public byte[] ToBytes() => (byte[])(encoded ??= Encode()).Clone();

    private byte[] Encode()
    {
        var bytes = new MemoryStream();
        bytes.Write(Text.Span);
        bytes.WriteByte(NewLine);
        foreach (var signature in Signatures)
        {
            var value = Convert.ToBase64String([.. signature.KeyId.Span, .. signature.Signature.Span]);
            bytes.Write(Encoding.UTF8.GetBytes($"\u2014 {signature.Name} {value}\n"));
        }

        return bytes.ToArray();
    }

    public override string ToString() => Encoding.UTF8.GetString(encoded ??= Encode());
}

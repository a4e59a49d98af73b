using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Proofs;

/// <summary>A C2SP tlog-proof@v1: that an entry is in a log, for whoever trusts the log's key. Reading one verifies nothing.</summary>
/// <param name="Index">The entry's index, from 0.</param>
/// <param name="Hashes">The Merkle path, the leaf's sibling first.</param>
/// <param name="Checkpoint">The signed checkpoint, as the log published it, with its cosignatures.</param>
public sealed record LogProof(ulong Index, ImmutableArray<MerkleHash> Hashes, SignedNote Checkpoint)
{
    /// <summary>The longest proof that is read or written, in bytes.</summary>
    public const int MaximumLength = 1024 * 1024;

    /// <summary>A path in a tree of 64-bit size has no more hashes.</summary>
    private const int MaximumHashes = 64;

    private const byte NewLine = (byte)'\n';
    private static ReadOnlySpan<byte> Header => "c2sp.org/tlog-proof@v1"u8;

    /// <summary>Bytes for the application that nothing authenticates; null for none.</summary>
    public ReadOnlyMemory<byte>? Extra { get; init; }

    /// <exception cref="FormatException">Not such a proof.</exception>
    public static LogProof Parse(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out var proof, out var error) ? proof : throw new FormatException(error);

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LogProof? proof, [NotNullWhen(false)] out string? error)
    {
        proof = null;
        if (bytes.Length > MaximumLength)
        {
            error = $"tlog-proof: {bytes.Length} bytes, at most {MaximumLength} are read";
            return false;
        }

        if (!TakeLine(ref bytes, out var line) || !line.SequenceEqual(Header))
        {
            error = $"tlog-proof: the first line is not {Encoding.ASCII.GetString(Header)}";
            return false;
        }

        var extra = default(ReadOnlyMemory<byte>?);
        if (TakeLine(ref bytes, out line) && line.StartsWith("extra "u8))
        {
            extra = StrictBase64.Decode(line["extra "u8.Length..]) is { } decoded ? decoded : default(ReadOnlyMemory<byte>?);
            if (extra is null)
            {
                error = "tlog-proof: the extra line is not base64";
                return false;
            }

            TakeLine(ref bytes, out line);
        }

        if (!line.StartsWith("index "u8) || DecimalNumber.Read(line["index "u8.Length..]) is not { } index)
        {
            error = "tlog-proof: no line 'index' with a 64-bit decimal number without leading zeros";
            return false;
        }

        if (HashLines.Take(ref bytes, MaximumHashes) is not { } hashes)
        {
            error = $"tlog-proof: the lines up to the empty one are not at most {MaximumHashes} hashes in base64";
            return false;
        }

        if (!SignedNote.TryParse(bytes, out var checkpoint, out error))
        {
            error = "tlog-proof: " + error;
            return false;
        }

        proof = new LogProof(index, hashes, checkpoint) { Extra = extra };
        return true;
    }

    private static bool TakeLine(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        var end = bytes.IndexOf(NewLine);
        line = end < 0 ? [] : bytes[..end];
        bytes = end < 0 ? [] : bytes[(end + 1)..];
        return end >= 0;
    }

    /// <summary>The proof as text; the checkpoint keeps its bytes.</summary>
    /// <exception cref="FormatException">Extra bytes that are none, too many hashes, or a text too long.</exception>
    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(Encoding.ASCII.GetString(Header)).Append('\n');
        if (Extra is { } extra)
        {
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Hashes)
        {
            text.Append(Convert.ToBase64String(hash.Span)).Append('\n');
        }

        byte[] bytes = [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. Checkpoint.ToBytes()];
        Parse(bytes);
        return bytes;
    }

    /// <summary>Whether a leaf is in the log, by the log's key and as many witnesses as the policy asks for. A pure function.</summary>
    /// <param name="log">The log's key; its name is the log's origin. One that was given by key id takes any origin that it signed.</param>
    /// <param name="verified">What was shown, when the result is true.</param>
    /// <param name="problem">Why not, when the result is false; else 0.</param>
    public bool TryVerify(
        MerkleHash leaf, NoteVerifier log, WitnessPolicy witnesses, [NotNullWhen(true)] out VerifiedProof? verified, out LogProofProblem problem)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(witnesses);
        verified = null;
        problem = Check(leaf, log, out var checkpoint);
        if (problem != 0)
        {
            return false;
        }

        var cosignatures = witnesses.Find(Checkpoint);
        if (cosignatures.Length < witnesses.Required)
        {
            problem = LogProofProblem.WitnessMissing;
            return false;
        }

        verified = new VerifiedProof(checkpoint!, cosignatures);
        return true;
    }

    private LogProofProblem Check(MerkleHash leaf, NoteVerifier log, out Checkpoint? checkpoint)
    {
        if (!Checkpoints.Checkpoint.TryParse(Checkpoint.Text.Span, out checkpoint, out _))
        {
            return LogProofProblem.CheckpointMalformed;
        }

        if (log.Name is not null && checkpoint.Origin != log.Name)
        {
            return LogProofProblem.OriginMismatch;
        }

        return log.Check(Checkpoint) switch
        {
            NoteVerdict.NotSigned => LogProofProblem.NotSigned,
            NoteVerdict.Invalid => LogProofProblem.SignatureInvalid,
            NoteVerdict.Valid => new InclusionProof(Index, checkpoint.Size, Hashes).Verify(leaf, checkpoint.Root) ? 0 : LogProofProblem.InclusionInvalid,
        };
    }

    public bool Equals(LogProof? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    public override int GetHashCode() => HashCode.Combine(Index, Hashes.IsDefaultOrEmpty ? default : Hashes[0]);
}

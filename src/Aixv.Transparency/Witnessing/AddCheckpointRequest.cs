using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Proofs;

namespace Aixv.Transparency.Witnessing;

/// <summary>The body of a C2SP tlog-witness <c>add-checkpoint</c> request.</summary>
/// <param name="OldSize">The size of the checkpoint that the client believes this witness cosigned last.</param>
/// <param name="Hashes">The consistency proof from there; at most 63 hashes.</param>
/// <param name="Checkpoint">The signed checkpoint.</param>
public sealed record AddCheckpointRequest(ulong OldSize, ImmutableArray<MerkleHash> Hashes, SignedNote Checkpoint)
{
    /// <summary>The longest body that is read, in bytes.</summary>
    public const int MaximumLength = SignedNote.MaximumLength + 4096;

    private const int MaximumHashes = 63;

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out AddCheckpointRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        if (body.Length > MaximumLength)
        {
            error = $"{body.Length} bytes, at most {MaximumLength} are read";
            return false;
        }

        var end = body.IndexOf((byte)'\n');
        if (end < 0 || !body[..end].StartsWith("old "u8) || DecimalNumber.Read(body["old "u8.Length..end]) is not { } oldSize)
        {
            error = "the first line is not 'old' and a decimal size";
            return false;
        }

        body = body[(end + 1)..];
        if (HashLines.Take(ref body, MaximumHashes) is not { } hashes)
        {
            error = $"the lines up to the empty one are not at most {MaximumHashes} hashes in base64";
            return false;
        }

        if (!SignedNote.TryParse(body, out var checkpoint, out error))
        {
            return false;
        }

        request = new AddCheckpointRequest(oldSize, hashes, checkpoint);
        return true;
    }

    /// <summary>The body.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder($"old {OldSize}\n");
        foreach (var hash in Hashes)
        {
            text.Append(Convert.ToBase64String(hash.Span)).Append('\n');
        }

        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. Checkpoint.ToBytes()];
    }
}

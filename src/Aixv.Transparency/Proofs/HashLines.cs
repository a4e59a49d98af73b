using System.Collections.Immutable;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Proofs;

/// <summary>The Merkle hashes of C2SP formats: one a line in base64, then an empty line.</summary>
internal static class HashLines
{
    /// <summary>Takes the lines and the empty one from the front of <paramref name="bytes"/>.</summary>
    /// <returns>The hashes, or null when the lines are not of that form.</returns>
    internal static ImmutableArray<MerkleHash>? Take(ref ReadOnlySpan<byte> bytes, int maximum)
    {
        var hashes = ImmutableArray.CreateBuilder<MerkleHash>();
        while (true)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                return null;
            }

            var line = bytes[..end];
            bytes = bytes[(end + 1)..];
            if (line.IsEmpty)
            {
                return hashes.ToImmutable();
            }

            if (hashes.Count == maximum || StrictBase64.Decode(line) is not { Length: MerkleHash.Length } hash)
            {
                return null;
            }

            hashes.Add(MerkleHash.FromBytes(hash));
        }
    }
}

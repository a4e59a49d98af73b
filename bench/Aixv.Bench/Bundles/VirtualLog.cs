using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Aixv.Sigstore.Bundles;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Bench.Bundles;

/// <summary>A Rekor v2 log (Ed25519) of a million entries and more, of which only the paths to the given entries exist.</summary>
/// <remarks>The siblings are random, and each entry has a checkpoint of its own: to a verifier that is a large, busy log.</remarks>
internal sealed class VirtualLog
{
    internal const string Name = "rekor.bench.test";
    private const ulong FirstSize = 1 << 20;
    private readonly NoteSigner signer;

    internal VirtualLog()
    {
        Key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        signer = new NoteSigner(Name, Key);
        LogId = NoteVerifier.FullKeyId(Name, Key.PublicKey);
    }

    internal SigningKey Key { get; }

    internal byte[] LogId { get; }

    /// <summary>An entry with this body as the last but a few of a tree.</summary>
    internal LogEntry Append(byte[] body, int number)
    {
        var size = FirstSize + (ulong)number + 7;
        var index = FirstSize + (ulong)number;
        ImmutableArray<MerkleHash> hashes = [.. Enumerable.Range(0, PathLength(index, size)).Select(_ => MerkleHash.FromBytes(RandomNumberGenerator.GetBytes(32)))];
        var root = new InclusionProof(index, size, hashes).RootFrom(MerkleTree.HashLeaf(body))
            ?? throw new InvalidOperationException("The path has another length than the proof's.");
        var note = signer.Sign(new Checkpoint(Name, size, root, []).ToText());
        return new LogEntry
        {
            LogIndex = (long)index,
            LogId = LogId,
            Kind = "hashedrekord",
            Version = "0.0.2",
            CanonicalizedBody = body,
            Inclusion = new LogInclusion(
                (long)index, (long)size, root.ToArray(), [.. hashes.Select(h => (ReadOnlyMemory<byte>)h.ToArray())], Encoding.UTF8.GetString(note.ToBytes())),
        };
    }

    /// <summary>The number of siblings of RFC 9162 §2.1.3.1: one for each level on which the node is a left child or not the last.</summary>
    private static int PathLength(ulong index, ulong size)
    {
        var length = 0;
        for (var last = size - 1; last > 0; index >>= 1, last >>= 1)
        {
            length += (index & 1) == 1 || index < last ? 1 : 0;
        }

        return length;
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aixv.Sigstore.Cbor;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Sigstore.Cose;

/// <summary>
/// A receipt of a log (draft-ietf-cose-merkle-tree-proofs, RFC9162_SHA256): a signature over the root of a Merkle tree, with proofs that lead
/// to this root. The root itself is not in the receipt: a verifier computes it. Reading one verifies nothing.
/// </summary>
public sealed class CoseReceipt
{
    /// <summary>The number of RFC9162_SHA256 in the registry of verifiable data structures.</summary>
    public const long Rfc9162Sha256 = 1;

    /// <summary>The longest receipt that is read, in bytes.</summary>
    public const int MaximumLength = 1024 * 1024;

    private const long InclusionLabel = -1;
    private const long ConsistencyLabel = -2;
    private const int MaximumProofs = 16;

    /// <summary>No path between leaf and root of a tree of 64-bit size is longer; consistency proofs have one more.</summary>
    private const int MaximumHashes = 65;

    private CoseReceipt(CoseSign1 message, ImmutableArray<InclusionProof> inclusion, ImmutableArray<ConsistencyProof> consistency)
    {
        Message = message;
        InclusionProofs = inclusion;
        ConsistencyProofs = consistency;
    }

    public CoseSign1 Message { get; }

    public ImmutableArray<InclusionProof> InclusionProofs { get; }

    public ImmutableArray<ConsistencyProof> ConsistencyProofs { get; }

    /// <exception cref="FormatException">Not a receipt, or one on another data structure than RFC 9162 with SHA-256.</exception>
    public static CoseReceipt Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaximumLength)
        {
            throw new FormatException($"receipt: {bytes.Length} bytes, at most {MaximumLength} are read");
        }

        var message = CoseSign1.Parse(bytes, "receipt");
        if (!message.IsTagged)
        {
            throw new FormatException($"receipt: not tagged {CoseSign1.Tag}");
        }

        if (message.Protected.FindInteger(CoseLabels.VerifiableDataStructure) is not { } structure)
        {
            throw new FormatException($"receipt: the protected header does not name the data structure ({CoseLabels.VerifiableDataStructure})");
        }

        if (structure != Rfc9162Sha256)
        {
            throw new FormatException($"receipt: data structure {structure} is not supported ({Rfc9162Sha256}, RFC9162_SHA256, is)");
        }

        if (message.Unprotected.Reader(CoseLabels.VerifiableDataProofs) is not { } reader)
        {
            throw new FormatException($"receipt: the unprotected header has no proofs ({CoseLabels.VerifiableDataProofs})");
        }

        var proofs = CoseHeaders.Read(reader, "receipt: proofs");
        return new CoseReceipt(message, ReadAll(proofs, InclusionLabel, ReadInclusion), ReadAll(proofs, ConsistencyLabel, ReadConsistency));
    }

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CoseReceipt? receipt, [NotNullWhen(false)] out string? error)
    {
        try
        {
            (receipt, error) = (Parse(bytes), null);
            return true;
        }
        catch (FormatException e)
        {
            (receipt, error) = (null, e.Message);
            return false;
        }
    }

    private static ImmutableArray<T> ReadAll<T>(CoseHeaders proofs, long label, Func<CborReader, T> read)
    {
        if (proofs.Reader(label) is not { } reader)
        {
            return [];
        }

        var count = reader.ReadArray();
        if (count is 0 or > MaximumProofs)
        {
            throw new FormatException($"receipt: {count} proofs of kind {label}, expected 1 to {MaximumProofs}");
        }

        var all = ImmutableArray.CreateBuilder<T>(count);
        for (; count > 0; count--)
        {
            var proof = new CborReader(reader.ReadBytes(), "receipt: proof");
            if (proof.ReadArray() != 3)
            {
                throw new FormatException("receipt: a proof is not an array of two numbers and a path");
            }

            all.Add(read(proof));
            proof.RequireEnd();
        }

        return all.MoveToImmutable();
    }

    private static InclusionProof ReadInclusion(CborReader proof)
    {
        var size = proof.ReadUnsigned();
        return new InclusionProof(proof.ReadUnsigned(), size, ReadPath(proof));
    }

    private static ConsistencyProof ReadConsistency(CborReader proof) => new(proof.ReadUnsigned(), proof.ReadUnsigned(), ReadPath(proof));

    private static ImmutableArray<MerkleHash> ReadPath(CborReader proof)
    {
        var count = proof.ReadArray();
        if (count > MaximumHashes)
        {
            throw new FormatException($"receipt: a path of {count} hashes, at most {MaximumHashes} can be needed");
        }

        var path = ImmutableArray.CreateBuilder<MerkleHash>(count);
        for (; count > 0; count--)
        {
            path.Add(MerkleHash.FromBytes(proof.ReadBytes().Span));
        }

        return path.MoveToImmutable();
    }

    /// <summary>Makes a receipt for a leaf.</summary>
    /// <param name="headers">Further protected parameters, such as kid and CWT claims; algorithm and data structure are added.</param>
    /// <param name="root">The root that the proof leads to, which is signed.</param>
    public static CoseReceipt SignInclusion(SigningKey logKey, CoseHeaders headers, InclusionProof proof, MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var message = Sign(logKey, headers, InclusionLabel, Encode(proof.TreeSize, proof.Index, proof.Hashes), root);
        return new CoseReceipt(message, [proof], []);
    }

    /// <summary>Makes a receipt that a tree extends an older one.</summary>
    /// <param name="newRoot">The newer tree's root, which is signed.</param>
    public static CoseReceipt SignConsistency(SigningKey logKey, CoseHeaders headers, ConsistencyProof proof, MerkleHash newRoot)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new CoseReceipt(Sign(logKey, headers, ConsistencyLabel, Encode(proof.OldSize, proof.NewSize, proof.Hashes), newRoot), [], [proof]);
    }

    private static CoseSign1 Sign(SigningKey logKey, CoseHeaders headers, long label, byte[] proof, MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var proofs = CoseHeaders.Empty.WithEncoded(label, new CborWriter().WriteArray(1).WriteBytes(proof).ToBytes());
        return CoseSign1.Sign(
            logKey, headers.With(CoseLabels.VerifiableDataStructure, Rfc9162Sha256),
            CoseHeaders.Empty.WithEncoded(CoseLabels.VerifiableDataProofs, proofs.Encode()), root.ToArray(), detached: true);
    }

    private static byte[] Encode(ulong first, ulong second, ImmutableArray<MerkleHash> path)
    {
        var writer = new CborWriter().WriteArray(3).WriteUnsigned(first).WriteUnsigned(second).WriteArray(path.Length);
        foreach (var hash in path)
        {
            writer.WriteBytes(hash.Span);
        }

        return writer.ToBytes();
    }

    /// <summary>Whether the log's key signed a tree that holds the leaf.</summary>
    /// <param name="rejection">Why not, when the result is false.</param>
    /// <param name="understood">Critical parameters that the caller processes.</param>
    public bool TryVerifyInclusion(
        PublicKey logKey, MerkleHash leaf, [NotNullWhen(false)] out CoseRejection? rejection, ImmutableHashSet<CoseLabel>? understood = null)
    {
        rejection = new CoseRejection(CoseRejectionReason.ProofMissing, "the receipt has no proof of inclusion");
        foreach (var proof in InclusionProofs)
        {
            rejection = proof.RootFrom(leaf) is { } root
                ? CheckRoot(logKey, root, understood)
                : new(CoseRejectionReason.ProofInvalid, $"index {proof.Index}, tree size {proof.TreeSize} and {proof.Hashes.Length} hashes do not go together");
            if (rejection is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the log's key signed the tree with the newer root, and it extends the one with the older root.</summary>
    /// <param name="rejection">Why not, when the result is false.</param>
    /// <param name="understood">Critical parameters that the caller processes.</param>
    public bool TryVerifyConsistency(
        PublicKey logKey, MerkleHash oldRoot, MerkleHash newRoot, [NotNullWhen(false)] out CoseRejection? rejection,
        ImmutableHashSet<CoseLabel>? understood = null)
    {
        rejection = new CoseRejection(CoseRejectionReason.ProofMissing, "the receipt has no proof of consistency");
        foreach (var proof in ConsistencyProofs)
        {
            rejection = proof.Verify(oldRoot, newRoot)
                ? CheckRoot(logKey, newRoot, understood)
                : new(CoseRejectionReason.ProofInvalid, $"the proof from size {proof.OldSize} to {proof.NewSize} does not lead to the two roots");
            if (rejection is null)
            {
                return true;
            }
        }

        return false;
    }

    private CoseRejection? CheckRoot(PublicKey logKey, MerkleHash root, ImmutableHashSet<CoseLabel>? understood)
    {
        if (Message.Payload is { } payload && !payload.Span.SequenceEqual(root.Span))
        {
            return new(CoseRejectionReason.ProofInvalid, "the receipt names another root than its proof leads to");
        }

        var context = new CoseContext
        {
            DetachedPayload = Message.Payload is null ? root.ToArray() : default(ReadOnlyMemory<byte>?),
            Understood = understood ?? [],
        };
        return Message.TryVerify(logKey, out var rejection, context) ? null : rejection;
    }

    /// <summary>The receipt in deterministic encoding.</summary>
    public byte[] ToBytes() => Message.ToBytes();
}

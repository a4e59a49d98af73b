using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Sigstore.Rekor;

/// <summary>Checks that an entry's body is in the tree of a checkpoint that its log (and witnesses) signed.</summary>
internal static class InclusionVerifier
{
    /// <summary>Verifies the proof; the checkpoint is null only for version 0.1 bundles that have none, where the promise speaks for the log.</summary>
    /// <returns>The checkpoint's origin and the witnesses that cosigned it.</returns>
    internal static (string? Origin, int Witnesses) Verify(LogEntry entry, ReadOnlySpan<byte> body, TrustedLog log, TrustedRoot root)
    {
        var inclusion = entry.Inclusion!;
        var claimedRoot = inclusion.RootHash.Length == MerkleHash.Length
            ? MerkleHash.FromBytes(inclusion.RootHash.Span)
            : throw Refuse(RejectionReason.InclusionProofInvalid, "a root hash of 32 bytes", $"{inclusion.RootHash.Length} bytes");
        var proof = new InclusionProof(
            (ulong)inclusion.LogIndex, (ulong)inclusion.TreeSize, ReadHashes(inclusion));
        if (!proof.Verify(MerkleTree.HashLeaf(body), claimedRoot))
        {
            throw Refuse(
                RejectionReason.InclusionProofInvalid, $"a path from entry {inclusion.LogIndex} to the root of {inclusion.TreeSize} entries", "hashes that lead elsewhere");
        }

        return inclusion.Checkpoint.Length == 0 ? (null, 0) : VerifyCheckpoint(inclusion, claimedRoot, log, root);
    }

    private static ImmutableArray<MerkleHash> ReadHashes(LogInclusion inclusion)
    {
        var hashes = new MerkleHash[inclusion.Hashes.Length];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = inclusion.Hashes[i].Length == MerkleHash.Length
                ? MerkleHash.FromBytes(inclusion.Hashes[i].Span)
                : throw Refuse(RejectionReason.InclusionProofInvalid, "hashes of 32 bytes", $"one of {inclusion.Hashes[i].Length}");
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(hashes);
    }

    private static (string Origin, int Witnesses) VerifyCheckpoint(LogInclusion inclusion, MerkleHash claimedRoot, TrustedLog log, TrustedRoot root)
    {
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(inclusion.Checkpoint), out var note, out var error)
            || !Checkpoint.TryParse(note.Text.Span, out var checkpoint, out error))
        {
            throw Refuse(RejectionReason.CheckpointMalformed, "a signed checkpoint", error);
        }

        var verdict = NoteVerifier.ForKeyId(log.CheckpointKeyId, log.Key, log.Names, log.Scheme).Check(note);
        if (verdict != NoteVerdict.Valid)
        {
            throw Refuse(
                RejectionReason.CheckpointSignatureInvalid,
                $"the checkpoint's signature by {log.BaseUrl}",
                verdict == NoteVerdict.NotSigned ? "no signature line of that log" : "one that does not verify");
        }

        if (!IsOriginOf(checkpoint.Origin, log))
        {
            throw Refuse(RejectionReason.CheckpointMismatch, $"the origin {log.Names[0]}", checkpoint.Origin);
        }

        if (checkpoint.Size != (ulong)inclusion.TreeSize || checkpoint.Root != claimedRoot)
        {
            throw Refuse(
                RejectionReason.CheckpointMismatch, $"a checkpoint of {inclusion.TreeSize} entries with the proof's root", $"{checkpoint.Size} entries, root {checkpoint.Root}");
        }

        return (checkpoint.Origin, CountWitnesses(note, root));
    }

    /// <summary>Rekor v1 appends the tree's id to its name; Rekor v2's origin is the name.</summary>
    private static bool IsOriginOf(string origin, TrustedLog log) =>
        log.Names.Any(name => origin == name || origin.StartsWith(name + " - ", StringComparison.Ordinal));

    private static int CountWitnesses(SignedNote note, TrustedRoot root)
    {
        var count = root.Witnesses.Count(w =>
            w.Verifier.Check(note, out var cosignature) == NoteVerdict.Valid && w.Validity.Contains(cosignature!.Time));
        return count >= root.WitnessThreshold ? count : throw Refuse(
            RejectionReason.WitnessMissing, $"cosignatures of {root.WitnessThreshold} trusted witnesses", $"{count}");
    }

    private static Refusal Refuse(RejectionReason reason, string expected, string found) => new(reason, VerificationStep.Log, expected, found);
}

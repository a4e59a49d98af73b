using System.Collections.Frozen;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Witnessing;

/// <summary>
/// A C2SP tlog-witness: cosigns a checkpoint when it extends the last one it cosigned of the same log, and never two that disagree.
/// Safe for concurrent use.
/// </summary>
public sealed class Witness
{
    private readonly FrozenDictionary<string, WitnessedLog> logs;
    private readonly FrozenDictionary<string, Lock> gates;
    private readonly CosignatureSigner signer;
    private readonly WitnessState state;

    /// <param name="logs">No two of one origin.</param>
    /// <param name="signer">The witness's name, key and clock.</param>
    /// <param name="state">What it cosigned before; stays the caller's to dispose.</param>
    public Witness(IEnumerable<WitnessedLog> logs, CosignatureSigner signer, WitnessState state)
    {
        this.logs = logs.ToFrozenDictionary(log => log.Origin, StringComparer.Ordinal);
        this.signer = signer;
        this.state = state;
        gates = this.logs.Keys.ToFrozenDictionary(origin => origin, _ => new Lock(), StringComparer.Ordinal);
    }

    /// <summary>Checks what is cosigned.</summary>
    public CosignatureVerifier Verifier => signer.Verifier;

    /// <summary>The origins of the logs that are known.</summary>
    public IEnumerable<string> Origins => logs.Keys;

    /// <summary>Judges the body of an <c>add-checkpoint</c> request, and cosigns if all is well.</summary>
    /// <exception cref="IOException">The state could not be made durable: nothing was signed.</exception>
    public WitnessAnswer AddCheckpoint(ReadOnlySpan<byte> body)
    {
        if (!AddCheckpointRequest.TryParse(body, out var request, out var error)
            || !Checkpoint.TryParse(request.Checkpoint.Text.Span, out var checkpoint, out error))
        {
            return WitnessAnswer.Refuse(WitnessVerdict.Malformed, error);
        }

        if (!logs.TryGetValue(checkpoint.Origin, out var log))
        {
            return WitnessAnswer.Refuse(WitnessVerdict.UnknownLog, "the origin is of no log that this witness knows");
        }

        if (FindSigned(log, request.Checkpoint) is not { } signed)
        {
            return WitnessAnswer.Refuse(WitnessVerdict.NotSigned, "no signature of a key known for this log verifies", log.Origin);
        }

        if (request.OldSize > checkpoint.Size)
        {
            return WitnessAnswer.Refuse(WitnessVerdict.Malformed, "the old size is above the checkpoint's", log.Origin);
        }

        // Compare, keep and sign as one step: else two requests at once could take the log back.
        lock (gates[log.Origin])
        {
            return Cosign(log.Origin, request, checkpoint, signed);
        }
    }

    /// <summary>The checkpoint with the signatures of known keys only: what others signed is no affair of this witness.</summary>
    private static SignedNote? FindSigned(WitnessedLog log, SignedNote note)
    {
        var valid = log.Keys.Where(key => key.Check(note) == NoteVerdict.Valid).ToList();
        return valid.Count == 0
            ? null
            : SignedNote.Create(note.Text, [.. note.Signatures.Where(s => valid.Exists(key => key.Name == s.Name && key.KeyId.Span.SequenceEqual(s.KeyId.Span)))]);
    }

    private WitnessAnswer Cosign(string origin, AddCheckpointRequest request, Checkpoint checkpoint, SignedNote signed)
    {
        var last = state.Read(origin);
        if (request.OldSize != (last?.Size ?? 0))
        {
            return WitnessAnswer.Conflict(last?.Size ?? 0, origin);
        }

        if (last is not null && last.Size == checkpoint.Size && last.Root != checkpoint.Root)
        {
            return WitnessAnswer.Conflict(last.Size, origin);
        }

        var proof = new ConsistencyProof(request.OldSize, checkpoint.Size, request.Hashes);
        if (!proof.Verify(last?.Root ?? MerkleTree.EmptyRoot, checkpoint.Root))
        {
            return WitnessAnswer.Refuse(WitnessVerdict.Inconsistent, "the consistency proof does not lead from the last checkpoint to this one", origin);
        }

        // Kept before it is signed: a witness that forgets a signature could be led to sign another history.
        if (last is null || last.Size != checkpoint.Size)
        {
            state.Write(origin, signed);
        }

        return WitnessAnswer.Cosign(signer.Sign(signed).Signatures[^1], origin);
    }
}

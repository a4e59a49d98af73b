using System.Collections.Immutable;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Proofs;

/// <summary>That an entry is in a log, as <see cref="LogProof.TryVerify"/> found.</summary>
/// <param name="Checkpoint">The tree that holds it.</param>
/// <param name="Witnesses">Who cosigned this tree, earliest first.</param>
public sealed record VerifiedProof(Checkpoint Checkpoint, ImmutableArray<Cosignature> Witnesses);

using System.Collections.Immutable;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Protocol.Receipts;

/// <summary>A log that a verifier believes, and from when to when.</summary>
/// <param name="Verifier">Checks what it signs.</param>
/// <param name="Origins">The origins it may sign checkpoints of.</param>
/// <param name="Life">How long it may sign.</param>
public sealed record TrustedLogKey(NoteVerifier Verifier, ImmutableArray<string> Origins, KeyLife Life)
{
    /// <summary>A key known by its C2SP verifier key, whose name is the log's origin.</summary>
    /// <exception cref="FormatException">Not such a key.</exception>
    public static TrustedLogKey Parse(string verifierKey) => Of(NoteVerifier.Parse(verifierKey), KeyLife.Unlimited);

    /// <exception cref="ArgumentException">The verifier has no name.</exception>
    public static TrustedLogKey Of(NoteVerifier verifier, KeyLife life)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return new(verifier, [verifier.Name ?? throw new ArgumentException("a log's key has its origin as name", nameof(verifier))], life);
    }

    /// <summary>A log of a trusted root.</summary>
    public static TrustedLogKey Of(TrustedLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new(
            NoteVerifier.ForKeyId(log.CheckpointKeyId, log.Key, log.Names, log.Scheme), [.. log.Names], new KeyLife(log.Validity.Start, log.Validity.End));
    }
}

using System.Collections.Immutable;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Proofs;

/// <summary>Which witnesses count, and how many of them must have cosigned a checkpoint.</summary>
public sealed record WitnessPolicy
{
    /// <param name="witnesses">No two with the same key.</param>
    /// <param name="required">Not above their number.</param>
    /// <exception cref="ArgumentException">More are required than there are, or a key comes twice: one witness would count as two.</exception>
    public WitnessPolicy(ImmutableArray<CosignatureVerifier> witnesses, int required)
    {
        Witnesses = witnesses.IsDefault ? [] : witnesses;
        Required = required;
        if (required < 0 || required > Witnesses.Length)
        {
            throw new ArgumentException($"{required} cosignatures are required and {Witnesses.Length} witnesses are known", nameof(required));
        }

        if (Witnesses.Select(w => w.Key).Distinct().Count() != Witnesses.Length)
        {
            throw new ArgumentException("two witnesses have the same key", nameof(witnesses));
        }
    }

    /// <summary>No witness is known and none is required: the log alone is believed.</summary>
    public static WitnessPolicy None { get; } = new([], 0);

    public ImmutableArray<CosignatureVerifier> Witnesses { get; }

    public int Required { get; }

    /// <summary>The verified cosignatures of these witnesses, one each at most, earliest first.</summary>
    public ImmutableArray<Cosignature> Find(SignedNote checkpoint)
    {
        var found = ImmutableArray.CreateBuilder<Cosignature>();
        foreach (var witness in Witnesses)
        {
            if (witness.Check(checkpoint, out var cosignature) == NoteVerdict.Valid)
            {
                found.Add(cosignature!);
            }
        }

        found.Sort((a, b) => a.Time.CompareTo(b.Time));
        return found.ToImmutable();
    }
}

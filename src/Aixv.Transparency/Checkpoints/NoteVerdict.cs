namespace Aixv.Transparency.Checkpoints;

/// <summary>What a verifier finds in a note.</summary>
public enum NoteVerdict
{
    /// <summary>No signature line is of the verifier's key.</summary>
    NotSigned = 0,

    /// <summary>A line of the verifier's key does not verify: the note is forged or damaged.</summary>
    Invalid,

    /// <summary>At least one line is of the verifier's key, and all such lines verify.</summary>
    Valid,
}

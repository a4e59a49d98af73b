namespace Aixv.Protocol.Lineage;

/// <summary>Where a node of a deep verification stands; the order is from worst to best, so the least is the weakest link.</summary>
public enum ProofStanding
{
    /// <summary>An active advisory names or reaches it.</summary>
    Recalled = 1,

    /// <summary>It comes from itself.</summary>
    Cyclic,

    /// <summary>Its records' signatures do not hold, or a record cannot be read.</summary>
    Refused,

    /// <summary>Two signers that are trusted contradict each other about its parents.</summary>
    Contradicted,

    /// <summary>Its records are signed by others than the policy trusts.</summary>
    Untrusted,

    /// <summary>It has a URI or a name and no digest.</summary>
    Described,

    /// <summary>It has a digest and no record of its own.</summary>
    Missing,

    /// <summary>Its records are unsigned.</summary>
    WithoutSignature,

    /// <summary>It lies deeper than was looked: nothing is known of it but its digest.</summary>
    BeyondDepth,

    /// <summary>A record of it is verified, by a trusted signer.</summary>
    Attested,
}

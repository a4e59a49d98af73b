namespace Aixv.Sigstore.Tuf;

/// <summary>Why TUF metadata or a target was refused. The names are stable.</summary>
public enum TufRefusal
{
    /// <summary>Not the JSON that the TUF specification §4 describes.</summary>
    Malformed = 1,

    /// <summary>More bytes than announced, or than are ever read.</summary>
    TooLarge,

    /// <summary>Not signed by a threshold of the role's keys.</summary>
    WrongThreshold,

    /// <summary>Older than what was already seen.</summary>
    Rollback,

    /// <summary>Its expiry has passed: nothing newer is offered (a freeze), or the repository is no longer maintained.</summary>
    Expired,

    /// <summary>Another version than the signed metadata above it announces (mix and match).</summary>
    VersionMismatch,

    /// <summary>Another length than the signed metadata above it announces.</summary>
    LengthMismatch,

    /// <summary>Another hash than the signed metadata above it announces.</summary>
    HashMismatch,

    /// <summary>A delegated role that the snapshot does not list.</summary>
    RoleNotListed,

    /// <summary>A target search that visits more delegated roles than are allowed.</summary>
    TooManyDelegations,
}

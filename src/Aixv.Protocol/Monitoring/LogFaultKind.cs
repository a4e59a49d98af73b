namespace Aixv.Protocol.Monitoring;

/// <summary>What is wrong with a log. The names are stable: in JSON they are written in kebab-case.</summary>
public enum LogFaultKind
{
    /// <summary>What it publishes is no checkpoint.</summary>
    Malformed = 1,

    /// <summary>No trusted key signed the checkpoint.</summary>
    NotSigned,

    /// <summary>Fewer trusted witnesses cosigned than are asked for.</summary>
    WitnessMissing,

    /// <summary>The checkpoint is of another log than the saved state.</summary>
    AnotherLog,

    /// <summary>It shows an older tree than it showed before.</summary>
    Rollback,

    /// <summary>It signed two trees of which neither extends the other.</summary>
    Fork,

    /// <summary>Its tiles or entries do not lead to the root that it signed.</summary>
    Broken,
}

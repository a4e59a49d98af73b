namespace Aixv.Export.Catalogs;

/// <summary>Where the publisher puts what a model card's section speaks of. What is not known is null.</summary>
public sealed record ModelCardLinks
{
    public static ModelCardLinks None { get; } = new();

    /// <summary>The artifact's page in a registry.</summary>
    public Uri? Graph { get; init; }

    /// <summary>The bundle's page on the hub.</summary>
    public Uri? Bundle { get; init; }

    /// <summary>The artifact's file beside the card; null leaves a placeholder in the command.</summary>
    public string? FileName { get; init; }

    /// <summary>The bundle's file beside the card; null leaves a placeholder in the command.</summary>
    public string? BundleName { get; init; }

    /// <summary>What the command needs to know of a private Sigstore instance: its name among the reader's instances.</summary>
    public string? Instance { get; init; }

    /// <summary>The address of that instance's TUF repository.</summary>
    public Uri? InstanceUrl { get; init; }

    /// <summary>The SHA-256 of that repository's first root, in hex.</summary>
    public string? InstanceFingerprint { get; init; }
}

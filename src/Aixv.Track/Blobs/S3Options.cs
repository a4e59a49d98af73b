namespace Aixv.Track.Blobs;

/// <summary>An S3-compatible store. Without keys here, the SDK finds them as usual: environment, profile, instance.</summary>
public sealed record S3Options
{
    public required string Bucket { get; init; }

    /// <summary>The address of a store that is not Amazon's.</summary>
    public string? Endpoint { get; init; }

    public string Region { get; init; } = "us-east-1";

    /// <summary>What all names begin with, so that registries can share a bucket.</summary>
    public string Prefix { get; init; } = "";

    public string? AccessKey { get; init; }

    /// <summary>Secret.</summary>
    public string? SecretKey { get; init; }
}

namespace Aixv.Sigstore.Artifacts;

/// <summary>What <see cref="FileDigester"/> computes and how it may read.</summary>
public sealed record FileDigesterOptions
{
    /// <summary>Computes SHA-384 in the same pass.</summary>
    public bool Sha384 { get; init; }

    /// <summary>Computes SHA-512 in the same pass.</summary>
    public bool Sha512 { get; init; }

    /// <summary>Lets a local regular file be mapped while nobody can change it; false always reads.</summary>
    public bool AllowMapping { get; init; } = true;

    /// <summary>Called from the reading thread, about once for each 8 MiB, and once at the end.</summary>
    public Action<FileDigesterProgress>? Progress { get; init; }
}

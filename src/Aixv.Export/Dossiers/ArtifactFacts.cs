using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>The artifact that a dossier is about. What is not known is null, never empty.</summary>
/// <param name="Digest">Its identity.</param>
/// <param name="Name">For people: the file's name, or the digest where it has none. Untrusted text.</param>
public sealed record ArtifactFacts(Digest Digest, string Name)
{
    /// <summary>In bytes.</summary>
    public long? Size { get; init; }

    public string? MediaType { get; init; }

    /// <summary>Where it is, as the publisher says. Untrusted text.</summary>
    public string? Uri { get; init; }

    public string? Version { get; init; }

    /// <summary>By the registry of protocol §2, such as <c>fine-tuned-model</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The package URL that follows from <see cref="Uri"/>, or null where none does.</summary>
    public string? Purl => PackageUrl.Of(Uri, Version);

    /// <summary>A URI for it in any case: where it is, else <c>urn:sha256:HEX</c>.</summary>
    public string Locator => Uris.IsAbsolute(Uri) ? Uri! : Urn;

    /// <summary><c>urn:sha256:HEX</c>.</summary>
    public string Urn => $"urn:sha256:{Digest.Hex}";
}

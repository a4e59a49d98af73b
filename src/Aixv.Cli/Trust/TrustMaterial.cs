using Aixv.Sigstore.Trust;

namespace Aixv.Cli.Trust;

/// <summary>What a command trusts, and where it came from.</summary>
/// <param name="TrustedRoot">The JSON of the trusted root.</param>
/// <param name="SigningConfig">The JSON of the signing config; null where the source has none.</param>
/// <param name="Source">For people: <c>instance public</c>, <c>file root.json</c>.</param>
/// <param name="Warning">What the user should know of its age; null where it is fresh.</param>
internal sealed record TrustMaterial(ReadOnlyMemory<byte> TrustedRoot, ReadOnlyMemory<byte>? SigningConfig, string Source, string? Warning)
{
    /// <summary>Trusts nobody: enough for a bare signature by a given key.</summary>
    public static TrustMaterial Nobody { get; } = new(
        """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}"""u8.ToArray(), null, "no instance", null);

    public TrustedRoot ParseRoot() => Sigstore.Trust.TrustedRoot.Parse(TrustedRoot);
}

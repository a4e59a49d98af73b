using System.Collections.Immutable;
using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Signing;

/// <summary>The key of one signature, with what says whose it is.</summary>
/// <param name="Key">The private key.</param>
/// <param name="Certificate">Its certificate, or null for a managed key.</param>
/// <param name="IsEphemeral">Whether the key is of no use after this signature.</param>
internal sealed record SigningCredential(SigningKey Key, Certificate? Certificate, bool IsEphemeral) : IDisposable
{
    /// <summary>The certificates above, the issuer's first, without the root that a verifier must have of its own.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Intermediates { get; init; } = [];

    /// <summary>Forgets a key that was made for one signature.</summary>
    public void Dispose()
    {
        if (IsEphemeral)
        {
            Key.Dispose();
        }
    }
}

using System.Collections.Immutable;

namespace Aixv.Sigstore.Certificates;

/// <summary>A verified path: every certificate is signed by the next, and the last is a trusted anchor. Its validity in time is checked apart.</summary>
/// <param name="Certificates">The leaf, then its issuers; at least two.</param>
public sealed record CertificatePath(ImmutableArray<Certificate> Certificates)
{
    public Certificate Leaf => Certificates[0];

    public Certificate Issuer => Certificates[1];

    /// <summary>The first certificate that is not valid at <paramref name="time"/>, or null.</summary>
    internal Certificate? FirstInvalidAt(DateTimeOffset time) => Certificates.FirstOrDefault(c => !c.IsValidAt(time));
}

using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Certificates;

namespace Aixv.Export.Signing;

/// <summary>Whom a document names as its issuer: who signs it.</summary>
internal static class SignerIdentity
{
    /// <summary>The certificate's subject as a URI; of a managed key, and of a subject that has no such form, the key's digest as <c>urn:sha256:HEX</c>.</summary>
    public static string Uri(DocumentSigner signer) =>
        (signer.Certificates is [var leaf, ..] && Certificate.Parse(leaf).SubjectAlternativeNames is [{ Value: var subject }, ..] ? SignerUri.Of(subject) : null)
        ?? $"urn:sha256:{Convert.ToHexStringLower(signer.Key.PublicKey.SpkiSha256())}";
}

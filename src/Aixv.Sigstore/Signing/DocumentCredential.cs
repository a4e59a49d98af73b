using System.Collections.Immutable;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Signing;

/// <summary>A key for documents whose standards have signatures of their own (JSF, COSE, JOSE), with what says whose it is.</summary>
/// <remarks>Such a signature has no log entry and no verified time: a certificate of ten minutes proves who signed only to those who saw it then.</remarks>
public sealed class DocumentCredential : IDisposable
{
    private readonly SigningCredential credential;

    internal DocumentCredential(SigningCredential credential, SignatureScheme scheme)
    {
        this.credential = credential;
        Scheme = scheme;
    }

    /// <summary>Good until this is disposed.</summary>
    public SigningKey Key => credential.Key;

    public SignatureScheme Scheme { get; }

    /// <summary>DER, leaf first; empty for a managed key.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Certificates => credential.Certificate is { } certificate ? [certificate.Raw] : [];

    public void Dispose() => credential.Dispose();
}

namespace Aixv.Sigstore.Certificates;

/// <summary>One X.509 extension.</summary>
/// <param name="Oid">Its identifier, dotted.</param>
/// <param name="Critical">Whether a verifier that does not know it must refuse.</param>
/// <param name="Value">The content of extnValue's OCTET STRING.</param>
/// <param name="Encoded">The whole Extension, a slice of the certificate's bytes.</param>
public sealed record CertificateExtension(string Oid, bool Critical, ReadOnlyMemory<byte> Value, ReadOnlyMemory<byte> Encoded);

namespace Aixv.Authority.Certificates;

/// <summary>The bits of the key usage extension (RFC 5280 §4.2.1.3), by their numbers in the ASN.1 named bit list.</summary>
[Flags]
internal enum KeyUsages
{
    None = 0,
    DigitalSignature = 1 << 0,
    CertificateSigning = 1 << 5,
    RevocationListSigning = 1 << 6,
}

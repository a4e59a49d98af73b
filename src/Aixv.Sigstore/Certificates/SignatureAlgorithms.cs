using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Certificates;

/// <summary>X.509 and CMS AlgorithmIdentifiers of signatures and hashes.</summary>
internal static class SignatureAlgorithms
{
    internal const string Sha256 = "2.16.840.1.101.3.4.2.1";
    internal const string Sha384 = "2.16.840.1.101.3.4.2.2";
    internal const string Sha512 = "2.16.840.1.101.3.4.2.3";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <summary>The scheme of an algorithm OID, or <see cref="SignatureScheme.None"/> when it is not supported.</summary>
    internal static SignatureScheme FromOid(string oid) => oid switch
    {
        "1.2.840.10045.4.3.2" => SignatureScheme.EcdsaSha256,
        "1.2.840.10045.4.3.3" => SignatureScheme.EcdsaSha384,
        "1.2.840.10045.4.3.4" => SignatureScheme.EcdsaSha512,
        "1.2.840.113549.1.1.11" => SignatureScheme.RsaPkcs1Sha256,
        "1.2.840.113549.1.1.12" => SignatureScheme.RsaPkcs1Sha384,
        "1.2.840.113549.1.1.13" => SignatureScheme.RsaPkcs1Sha512,
        "1.3.101.112" => SignatureScheme.Ed25519,
        _ => SignatureScheme.None,
    };

    /// <summary>The scheme of a CMS SignerInfo (RFC 5652 §5.3), where the algorithm may name only the kind of key and the digest its hash.</summary>
    internal static SignatureScheme FromCms(string signatureOid, HashAlgorithmName digest) => signatureOid switch
    {
        EcPublicKey => digest == HashAlgorithmName.SHA256 ? SignatureScheme.EcdsaSha256
            : digest == HashAlgorithmName.SHA384 ? SignatureScheme.EcdsaSha384 : SignatureScheme.EcdsaSha512,
        RsaEncryption => digest == HashAlgorithmName.SHA256 ? SignatureScheme.RsaPkcs1Sha256
            : digest == HashAlgorithmName.SHA384 ? SignatureScheme.RsaPkcs1Sha384 : SignatureScheme.RsaPkcs1Sha512,
        _ => FromOid(signatureOid),
    };

    /// <summary>Reads an AlgorithmIdentifier of a hash: SHA-256, SHA-384 or SHA-512, parameters absent or NULL.</summary>
    /// <exception cref="AsnContentException">Another hash.</exception>
    internal static HashAlgorithmName ReadHash(AsnReader reader)
    {
        var identifier = reader.ReadSequence();
        var oid = identifier.ReadObjectIdentifier();
        if (identifier.HasData)
        {
            identifier.ReadNull();
        }

        identifier.ThrowIfNotEmpty();
        return oid switch
        {
            Sha256 => HashAlgorithmName.SHA256,
            Sha384 => HashAlgorithmName.SHA384,
            Sha512 => HashAlgorithmName.SHA512,
            _ => throw new AsnContentException($"hash algorithm {oid} is not supported (SHA-256, SHA-384 and SHA-512 are)"),
        };
    }
}

using System.Formats.Asn1;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Certificates;

/// <summary>Signature algorithms as X.509 names them.</summary>
internal static class AlgorithmIdentifiers
{
    private static readonly Dictionary<string, SignatureScheme> Schemes = new(StringComparer.Ordinal)
    {
        [Oids.EcdsaSha256] = SignatureScheme.EcdsaSha256,
        [Oids.EcdsaSha384] = SignatureScheme.EcdsaSha384,
        [Oids.EcdsaSha512] = SignatureScheme.EcdsaSha512,
        [Oids.RsaSha256] = SignatureScheme.RsaPkcs1Sha256,
        [Oids.RsaSha384] = SignatureScheme.RsaPkcs1Sha384,
        [Oids.RsaSha512] = SignatureScheme.RsaPkcs1Sha512,
        [Oids.Ed25519] = SignatureScheme.Ed25519,
    };

    /// <summary>The scheme of an OID, or <see cref="SignatureScheme.None"/>.</summary>
    public static SignatureScheme Find(string oid) => Schemes.GetValueOrDefault(oid);

    /// <summary>Writes the AlgorithmIdentifier of an ECDSA scheme, which has no parameters (RFC 5758 §3.2).</summary>
    public static void Write(AsnWriter writer, SignatureScheme scheme)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(scheme switch
            {
                SignatureScheme.EcdsaSha256 => Oids.EcdsaSha256,
                SignatureScheme.EcdsaSha384 => Oids.EcdsaSha384,
                SignatureScheme.EcdsaSha512 => Oids.EcdsaSha512,
                SignatureScheme.None or SignatureScheme.Ed25519
                    or SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPkcs1Sha512
                    or SignatureScheme.RsaPssSha256 or SignatureScheme.RsaPssSha384 or SignatureScheme.RsaPssSha512 =>
                    throw new ArgumentException($"certificates are signed here by ECDSA only, not {scheme}", nameof(scheme)),
            });
        }
    }
}

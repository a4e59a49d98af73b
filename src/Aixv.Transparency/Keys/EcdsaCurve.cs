using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>One of the three NIST curves in use.</summary>
internal sealed record EcdsaCurve(KeyAlgorithm Algorithm, string Oid, int OpenSslNid, int FieldBytes, ECCurve Curve)
{
    private static readonly EcdsaCurve P256 = new(KeyAlgorithm.EcdsaP256, "1.2.840.10045.3.1.7", 415, 32, ECCurve.NamedCurves.nistP256);
    private static readonly EcdsaCurve P384 = new(KeyAlgorithm.EcdsaP384, "1.3.132.0.34", 715, 48, ECCurve.NamedCurves.nistP384);
    private static readonly EcdsaCurve P521 = new(KeyAlgorithm.EcdsaP521, "1.3.132.0.35", 716, 66, ECCurve.NamedCurves.nistP521);

    internal static EcdsaCurve FromOid(string oid) =>
        oid == P256.Oid ? P256 : oid == P384.Oid ? P384 : oid == P521.Oid ? P521
        : throw new FormatException($"public key: curve {oid} is not supported (P-256, P-384 and P-521 are)");

    internal static EcdsaCurve Of(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.EcdsaP256 => P256,
        KeyAlgorithm.EcdsaP384 => P384,
        KeyAlgorithm.EcdsaP521 => P521,
        KeyAlgorithm.Rsa or KeyAlgorithm.Ed25519 => throw new ArgumentException($"{algorithm} is not an ECDSA curve", nameof(algorithm)),
    };
}

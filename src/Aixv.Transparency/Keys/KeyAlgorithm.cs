namespace Aixv.Transparency.Keys;

/// <summary>The kinds of key that Sigstore, TUF and C2SP logs use.</summary>
public enum KeyAlgorithm
{
    EcdsaP256 = 1,
    EcdsaP384,
    EcdsaP521,

    /// <summary>RSA with a modulus of 2048 to 16384 bits.</summary>
    Rsa,
    Ed25519,
}

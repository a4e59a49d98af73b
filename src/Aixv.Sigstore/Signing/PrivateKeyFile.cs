using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Signing;

/// <summary>A private key in PEM, as people keep it: PKCS#8 with or without a password, and OpenSSL's older plain forms.</summary>
public static class PrivateKeyFile
{
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>Reads a key of any kind that <see cref="SigningKey"/> knows.</summary>
    /// <param name="pem">The file's text.</param>
    /// <param name="password">Asked only for an encrypted key; null when there is no password to be had.</param>
    /// <exception cref="FormatException">No key, an unsupported one, or the password is wrong or missing.</exception>
    public static SigningKey Read(string pem, Func<string?> password)
    {
        ArgumentNullException.ThrowIfNull(pem);
        ArgumentNullException.ThrowIfNull(password);
        if (pem.Contains("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----", StringComparison.Ordinal)
            || pem.Contains("-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new FormatException("private key: cosign's own encrypted form is not supported; give the key as PKCS#8 (-----BEGIN ENCRYPTED PRIVATE KEY-----)");
        }

        if (pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw new FormatException("private key: OpenSSL's old encrypted form is not supported; convert it by: openssl pkcs8 -topk8 -in KEY -out NEW");
        }

        return FindEncrypted(pem) is { } encrypted ? Decrypt(encrypted, password) : SigningKey.FromPem(pem);
    }

    private static byte[]? FindEncrypted(string pem)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual(EncryptedLabel))
            {
                return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }

        return null;
    }

    private static SigningKey Decrypt(byte[] encrypted, Func<string?> password)
    {
        var words = password() ?? throw new FormatException("private key: it is encrypted and no password was given");
        byte[] plain;
        try
        {
            plain = Pkcs8PrivateKeyInfo.DecryptAndDecode(words, encrypted, out _).Encode();
        }
        catch (CryptographicException e)
        {
            throw new FormatException(
                "private key: it cannot be decrypted: the password is wrong, the key is damaged, or its encryption is not supported (PBES2 with AES is)", e);
        }

        try
        {
            return SigningKey.FromPkcs8(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Signing;

/// <summary>Fresh keys, but one RSA key for all tests: making those takes seconds.</summary>
internal static class TestKeys
{
    private static readonly Lazy<byte[]> Rsa = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    });

    internal static SigningKey Of(KeyAlgorithm algorithm) =>
        algorithm == KeyAlgorithm.Rsa ? SigningKey.FromPkcs8(Rsa.Value) : SigningKey.Generate(algorithm);
}

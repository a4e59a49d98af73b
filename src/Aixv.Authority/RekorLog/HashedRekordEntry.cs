using Aixv.Sigstore.Json;

namespace Aixv.Authority.RekorLog;

/// <summary>hashedrekord 0.0.2: a digest and a signature over it.</summary>
internal static class HashedRekordEntry
{
    /// <summary>Checks a <c>hashedRekordRequestV002</c> and returns the entry to store.</summary>
    /// <exception cref="FormatException">Malformed, or the signature does not verify.</exception>
    public static byte[] Read(ProtoObject request)
    {
        request.Only("digest", "signature");
        var digest = request.RequiredBytes("digest");
        var signed = request.RequiredMessage("signature").Only("content", "verifier");
        var signature = signed.RequiredBytes("content");
        var verifier = EntryVerifier.Read(signed.RequiredMessage("verifier"));
        if (digest.Length != verifier.Details.HashLength)
        {
            throw new FormatException($"{request.Path}.digest: {digest.Length} bytes, the hash of {verifier.Details.Name} has {verifier.Details.HashLength}");
        }

        return verifier.Key.VerifyDigest(digest, signature, verifier.Details.Scheme)
            ? Encode(digest, signature, verifier)
            : throw new FormatException($"{signed.Path}.content: the signature does not verify with the given key over the digest");
    }

    private static byte[] Encode(byte[] digest, byte[] signature, EntryVerifier verifier) => new EntryWriter(1536)
        .Text("{\"apiVersion\":\"0.0.2\",\"kind\":\"hashedrekord\",\"spec\":{\"hashedRekordV002\":{\"data\":{\"algorithm\":\""u8)
        .Name(verifier.Details.HashName).Text("\",\"digest\":\""u8).Base64(digest)
        .Text("\"},\"signature\":{\"content\":\""u8).Base64(signature).Text("\","u8).Verifier(verifier).Text("}}}}"u8)
        .ToArray();
}

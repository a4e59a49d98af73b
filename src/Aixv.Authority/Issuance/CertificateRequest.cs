using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Authority.Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Issuance;

/// <summary>PKCS#10 requests (RFC 2986). Only the key counts: subject and attributes are ignored, and the self-signature proves possession.</summary>
internal static class CertificateRequest
{
    /// <summary>The key of a <c>CERTIFICATE REQUEST</c> PEM block.</summary>
    /// <exception cref="FormatException">Malformed, or not signed by its own key.</exception>
    public static PublicKey ReadPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] is not ("CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST"))
        {
            throw new FormatException("$.certificateSigningRequest: no PEM block 'CERTIFICATE REQUEST' found");
        }

        try
        {
            return Read(Convert.FromBase64String(pem[fields.Base64Data]));
        }
        catch (AsnContentException e)
        {
            throw new FormatException($"$.certificateSigningRequest: not DER PKCS#10 ({e.Message})", e);
        }
    }

    private static PublicKey Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var signed = request.PeekEncodedValue();
        var info = request.ReadSequence();
        var algorithm = request.ReadSequence().ReadObjectIdentifier();
        var signature = request.ReadBitString(out _);
        info.ReadInteger();
        info.ReadSequence();
        var key = PublicKey.FromSpki(info.ReadEncodedValue());
        return key.Verify(signed.Span, signature, AlgorithmIdentifiers.Find(algorithm))
            ? key
            : throw new FormatException($"$.certificateSigningRequest: the request is not signed by its own key (algorithm {algorithm})");
    }
}

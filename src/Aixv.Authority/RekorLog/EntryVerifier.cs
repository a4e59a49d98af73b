using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.RekorLog;

/// <summary>Who a submitted signature is checked against (<c>Verifier</c> of rekor-tiles): a key or a certificate, and how it signs.</summary>
internal sealed record EntryVerifier(KeyDetails Details, PublicKey Key, bool IsCertificate, byte[] RawBytes)
{
    /// <summary>The member of the oneof, in requests and entries.</summary>
    public string Form => IsCertificate ? "x509Certificate" : "publicKey";

    /// <exception cref="FormatException">Malformed, unsupported, or key and keyDetails differ.</exception>
    public static EntryVerifier Read(ProtoObject json)
    {
        json.Only("keyDetails", "x509Certificate", "publicKey");
        var (certificate, publicKey) = (json.Message("x509Certificate"), json.Message("publicKey"));
        if (certificate is null == publicKey is null)
        {
            throw new FormatException($"{json.Path}: expected exactly one of x509Certificate and publicKey");
        }

        var raw = (certificate ?? publicKey)!.Only("rawBytes").RequiredBytes("rawBytes");
        try
        {
            var details = KeyDetails.Parse(json.RequiredText("keyDetails"));
            var key = certificate is null ? PublicKey.FromSpki(raw) : Certificate.Parse(raw).PublicKey;
            return details.Fits(key)
                ? new EntryVerifier(details, key, certificate is not null, raw)
                : throw new FormatException($"the key is {key.Algorithm}, which is not {details.Name}");
        }
        catch (FormatException e)
        {
            throw new FormatException($"{json.Path}: {e.Message}", e);
        }
    }
}

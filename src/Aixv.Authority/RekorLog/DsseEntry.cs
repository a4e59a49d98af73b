using System.Security.Cryptography;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Json;

namespace Aixv.Authority.RekorLog;

/// <summary>dsse 0.0.2: the digest of an envelope's payload, and the envelope's signatures.</summary>
/// <remarks>
/// The public log has withdrawn this kind in favour of hashedrekord over the pre-authentication encoding, but JavaScript clients still send it
/// and then look for such an entry in the bundle. So it is accepted (docs/authority.md).
/// </remarks>
internal static class DsseEntry
{
    private const int MaximumSignatures = 16;

    /// <summary>Checks a <c>dsseRequestV002</c> and returns the entry to store: every signature must verify with one of the verifiers.</summary>
    /// <exception cref="FormatException">Malformed, or a signature that no verifier made.</exception>
    public static byte[] Read(ProtoObject request)
    {
        request.Only("envelope", "verifiers");
        var envelope = request.RequiredMessage("envelope").Only("payload", "payloadType", "signatures");
        var payload = envelope.Bytes("payload") ?? [];
        var encoded = PreAuthEncoding.Encode(envelope.RequiredText("payloadType"), payload);
        EntryVerifier[] verifiers = [.. request.Messages("verifiers", MaximumSignatures).Select(EntryVerifier.Read)];
        var signatures = envelope.Messages("signatures", MaximumSignatures);
        if (signatures.Count == 0 || verifiers.Length == 0)
        {
            throw new FormatException($"{request.Path}: expected at least one signature and one verifier");
        }

        var proven = signatures.Select(s => Prove(s.Only("sig", "keyid"), encoded, verifiers)).ToArray();
        if (verifiers.FirstOrDefault(v => !proven.Any(p => p.Verifier == v)) is not null)
        {
            throw new FormatException($"{request.Path}.verifiers: one of them made none of the signatures");
        }

        return Encode(SHA256.HashData(payload), proven);
    }

    private static (byte[] Signature, EntryVerifier Verifier) Prove(ProtoObject signature, byte[] encoded, EntryVerifier[] verifiers)
    {
        var bytes = signature.RequiredBytes("sig");
        return (bytes, verifiers.FirstOrDefault(v => v.Key.Verify(encoded, bytes, v.Details.Scheme))
            ?? throw new FormatException($"{signature.Path}.sig: the signature does not verify with any of the given keys"));
    }

    private static byte[] Encode(byte[] payloadHash, (byte[] Signature, EntryVerifier Verifier)[] signatures)
    {
        var writer = new EntryWriter(1536)
            .Text("{\"apiVersion\":\"0.0.2\",\"kind\":\"dsse\",\"spec\":{\"dsseV002\":{\"payloadHash\":{\"algorithm\":\"SHA2_256\",\"digest\":\""u8)
            .Base64(payloadHash).Text("\"},\"signatures\":["u8);
        foreach (var (i, (signature, verifier)) in signatures.Index())
        {
            writer.Text(i > 0 ? ","u8 : []).Text("{\"content\":\""u8).Base64(signature).Text("\","u8).Verifier(verifier).Text("}"u8);
        }

        return writer.Text("]}}}"u8).ToArray();
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aixv.Sigstore.Bundles;

/// <summary>Writes a bundle as proto3 JSON.</summary>
internal static class BundleWriter
{
    // A bundle is never embedded in HTML; '+' of base64 stays readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Write(Bundle bundle)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("mediaType", MediaType(bundle.Version));
            WriteMaterial(writer, bundle);
            WriteContent(writer, bundle.Content);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string MediaType(BundleVersion version) => version switch
    {
        BundleVersion.V01 => "application/vnd.dev.sigstore.bundle+json;version=0.1",
        BundleVersion.V02 => "application/vnd.dev.sigstore.bundle+json;version=0.2",
        BundleVersion.V03 => "application/vnd.dev.sigstore.bundle.v0.3+json",
    };

    private static void WriteMaterial(Utf8JsonWriter writer, Bundle bundle)
    {
        writer.WriteStartObject("verificationMaterial");
        if (bundle.KeyHint is { } hint)
        {
            writer.WriteStartObject("publicKey");
            writer.WriteString("hint", hint);
            writer.WriteEndObject();
        }
        else if (bundle.Version == BundleVersion.V03)
        {
            writer.WriteStartObject("certificate");
            writer.WriteBase64String("rawBytes", bundle.Certificates[0].Span);
            writer.WriteEndObject();
        }
        else
        {
            WriteChain(writer, bundle);
        }

        writer.WriteStartArray("tlogEntries");
        foreach (var entry in bundle.LogEntries)
        {
            LogEntryJson.Write(writer, entry);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("timestampVerificationData");
        writer.WriteStartArray("rfc3161Timestamps");
        foreach (var timestamp in bundle.Timestamps)
        {
            writer.WriteStartObject();
            writer.WriteBase64String("signedTimestamp", timestamp.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteChain(Utf8JsonWriter writer, Bundle bundle)
    {
        writer.WriteStartObject("x509CertificateChain");
        writer.WriteStartArray("certificates");
        foreach (var certificate in bundle.Certificates)
        {
            writer.WriteStartObject();
            writer.WriteBase64String("rawBytes", certificate.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, BundleContent content)
    {
        switch (content)
        {
            case MessageSignature message:
                writer.WriteStartObject("messageSignature");
                if (message.Digest is { } digest && message.DigestAlgorithm is { } algorithm)
                {
                    writer.WriteStartObject("messageDigest");
                    writer.WriteString("algorithm", AlgorithmName(algorithm));
                    writer.WriteBase64String("digest", digest.Span);
                    writer.WriteEndObject();
                }

                writer.WriteBase64String("signature", message.Value.Span);
                writer.WriteEndObject();
                break;
            case SignedEnvelope { Envelope: var envelope }:
                writer.WriteStartObject("dsseEnvelope");
                writer.WriteBase64String("payload", envelope.Payload.Span);
                writer.WriteString("payloadType", envelope.PayloadType);
                writer.WriteStartArray("signatures");
                foreach (var signature in envelope.Signatures)
                {
                    writer.WriteStartObject();
                    writer.WriteBase64String("sig", signature.Signature.Span);
                    writer.WriteString("keyid", signature.KeyId);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
        }
    }

    private static string AlgorithmName(HashAlgorithmName algorithm) =>
        algorithm == HashAlgorithmName.SHA384 ? "SHA2_384" : algorithm == HashAlgorithmName.SHA512 ? "SHA2_512" : "SHA2_256";
}

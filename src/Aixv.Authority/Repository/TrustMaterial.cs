using System.Text.Json;
using Aixv.Authority.Certificates;
using Aixv.Authority.Hosting;
using Aixv.Authority.Keys;
using Aixv.Authority.RekorLog;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;

namespace Aixv.Authority.Repository;

/// <summary>Writes what clients must know: trusted root, signing config v0.2, and both in one (<c>ClientTrustConfig</c>).</summary>
internal sealed class TrustMaterial(ServiceRegister register, string url, string operatorName)
{
    public const string TrustedRootName = "trusted_root.json";
    public const string SigningConfigName = "signing_config.v0.2.json";
    private const string TrustedRootType = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";
    private const string SigningConfigType = "application/vnd.dev.sigstore.signingconfig.v0.2+json";
    private const string ClientTrustConfigType = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";

    public byte[] TrustedRoot() => JsonAnswer.Build(WriteTrustedRoot, indented: true).ToArray();

    public byte[] SigningConfig() => JsonAnswer.Build(WriteSigningConfig, indented: true).ToArray();

    public byte[] ClientTrustConfig() => JsonAnswer.Build(
        writer =>
        {
            writer.WriteString("mediaType", ClientTrustConfigType);
            writer.WriteStartObject("trustedRoot");
            WriteTrustedRoot(writer);
            writer.WriteEndObject();
            writer.WriteStartObject("signingConfig");
            WriteSigningConfig(writer);
            writer.WriteEndObject();
        },
        indented: true).ToArray();

    private void WriteTrustedRoot(Utf8JsonWriter writer)
    {
        writer.WriteString("mediaType", TrustedRootType);
        writer.WriteStartArray("tlogs");
        foreach (var log in register.Of(ServiceRole.Rekor))
        {
            var baseUrl = log.End is null ? url : $"{url}/shards/{log.Number}";
            WriteLog(writer, log, baseUrl, "PKIX_ED25519", RekorLogId.Of(log));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("certificateAuthorities");
        foreach (var authority in register.Of(ServiceRole.CertificateAuthority))
        {
            WriteAuthority(writer, authority, url);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("ctlogs");
        foreach (var log in register.Of(ServiceRole.CtLog))
        {
            var baseUrl = log.End is null ? $"{url}/ct" : $"{url}/ct/shards/{log.Number}";
            WriteLog(writer, log, baseUrl, "PKIX_ECDSA_P256_SHA_256", log.PublicKey.SpkiSha256());
        }

        writer.WriteEndArray();
        writer.WriteStartArray("timestampAuthorities");
        foreach (var authority in register.Of(ServiceRole.TimestampAuthority))
        {
            WriteAuthority(writer, authority, $"{url}/api/v1/timestamp");
        }

        writer.WriteEndArray();
    }

    private void WriteLog(Utf8JsonWriter writer, ServiceGeneration log, string baseUrl, string keyDetails, byte[] logId)
    {
        writer.WriteStartObject();
        writer.WriteString("baseUrl", baseUrl);
        writer.WriteString("hashAlgorithm", "SHA2_256");
        writer.WriteStartObject("publicKey");
        writer.WriteBase64String("rawBytes", log.PublicKey.Spki.Span);
        writer.WriteString("keyDetails", keyDetails);
        WriteValidity(writer, log);
        writer.WriteEndObject();
        writer.WriteStartObject("logId");
        writer.WriteBase64String("keyId", logId);
        writer.WriteEndObject();
        writer.WriteString("operator", operatorName);
        writer.WriteEndObject();
    }

    private void WriteAuthority(Utf8JsonWriter writer, ServiceGeneration authority, string uri)
    {
        var subject = DistinguishedName.Read(Certificate.Parse(authority.Chain[^1]).Subject);
        writer.WriteStartObject();
        writer.WriteStartObject("subject");
        writer.WriteString("organization", subject.Organization);
        writer.WriteString("commonName", subject.CommonName);
        writer.WriteEndObject();
        writer.WriteString("uri", uri);
        writer.WriteStartObject("certChain");
        writer.WriteStartArray("certificates");
        foreach (var certificate in authority.Chain)
        {
            writer.WriteStartObject();
            writer.WriteBase64String("rawBytes", certificate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        WriteValidity(writer, authority);
        writer.WriteString("operator", operatorName);
        writer.WriteEndObject();
    }

    private static void WriteValidity(Utf8JsonWriter writer, ServiceGeneration generation)
    {
        writer.WriteStartObject("validFor");
        writer.WriteString("start", Rfc3339.Format(generation.Start));
        if (generation.End is { } end)
        {
            writer.WriteString("end", Rfc3339.Format(end));
        }

        writer.WriteEndObject();
    }

    private void WriteSigningConfig(Utf8JsonWriter writer)
    {
        writer.WriteString("mediaType", SigningConfigType);
        WriteServices(writer, "caUrls", ServiceRole.CertificateAuthority, url, version: 1);
        WriteServices(writer, "oidcUrls", ServiceRole.Oidc, url, version: 1);
        WriteServices(writer, "rekorTlogUrls", ServiceRole.Rekor, url, version: 2);
        WriteServices(writer, "tsaUrls", ServiceRole.TimestampAuthority, $"{url}/api/v1/timestamp", version: 1);
        foreach (var name in (string[])["rekorTlogConfig", "tsaConfig"])
        {
            writer.WriteStartObject(name);
            writer.WriteString("selector", "ANY");
            writer.WriteEndObject();
        }
    }

    /// <summary>Only current services: an old one cannot sign any more.</summary>
    private void WriteServices(Utf8JsonWriter writer, string name, ServiceRole role, string address, int version)
    {
        writer.WriteStartArray(name);
        if (register.Current(role) is { } current)
        {
            writer.WriteStartObject();
            writer.WriteString("url", address);
            writer.WriteNumber("majorApiVersion", version);
            WriteValidity(writer, current);
            writer.WriteString("operator", operatorName);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

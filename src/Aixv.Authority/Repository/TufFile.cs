using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Tuf;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Repository;

/// <summary>One signed TUF metadata file (TUF §4): its bytes, and the few fields that publishing needs.</summary>
internal sealed record TufFile(byte[] Bytes, long Version, DateTimeOffset Expires, IReadOnlySet<string> KeyIds, JsonElement Signed)
{
    private const string SpecificationVersion = "1.0.31";
    private const int MaximumBytes = 8 * 1024 * 1024;

    /// <summary>Makes and signs a file; <paramref name="content"/> gets the members of every file added.</summary>
    public static TufFile Create(string type, long version, DateTimeOffset expires, JsonObject content, params ReadOnlySpan<SigningKey> signers)
    {
        content["_type"] = type;
        content["spec_version"] = SpecificationVersion;
        content["version"] = version;
        content["expires"] = Rfc3339.Format(expires);
        using var document = JsonDocument.Parse(content.ToJsonString());
        var canonical = OlpcJson.Encode(document.RootElement);
        var signatures = new JsonArray();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var signer in signers)
        {
            var id = KeyId(signer.PublicKey);
            if (ids.Add(id))
            {
                signatures.Add(new JsonObject
                {
                    ["keyid"] = id,
                    ["sig"] = Convert.ToHexStringLower(signer.Sign(canonical, SignatureScheme.EcdsaSha256)),
                });
            }
        }

        var bytes = JsonAnswer.Build(writer =>
        {
            writer.WritePropertyName("signatures");
            signatures.WriteTo(writer);
            writer.WritePropertyName("signed");
            document.RootElement.WriteTo(writer);
        });
        return new TufFile(bytes.ToArray(), version, expires, ids, document.RootElement.Clone());
    }

    /// <summary>Reads back a file that <see cref="Create"/> made.</summary>
    /// <exception cref="IOException">Damaged.</exception>
    public static TufFile Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var file = ProtoObject.Parse(bytes, MaximumBytes).Only("signatures", "signed");
            var signed = file.RequiredMessage("signed");
            using var document = JsonDocument.Parse(bytes);
            return new TufFile(
                bytes,
                signed.Number("version"),
                signed.Time("expires") ?? throw new FormatException("$.signed.expires: required and missing"),
                file.Messages("signatures", 16).Select(s => s.RequiredText("keyid")).ToHashSet(StringComparer.Ordinal),
                document.RootElement.GetProperty("signed").Clone());
        }
        catch (FormatException e)
        {
            throw new IOException($"{path} is damaged: {e.Message}; restore it from a backup", e);
        }
    }

    /// <summary>The key object of TUF §4.2.2.</summary>
    public static JsonObject DescribeKey(PublicKey key) => new()
    {
        ["keytype"] = "ecdsa",
        ["scheme"] = "ecdsa-sha2-nistp256",
        ["keyval"] = new JsonObject { ["public"] = key.ToPem() + "\n" },
    };

    /// <summary>SHA-256 of the canonical key object, in hex.</summary>
    public static string KeyId(PublicKey key)
    {
        using var document = JsonDocument.Parse(DescribeKey(key).ToJsonString());
        return Convert.ToHexStringLower(SHA256.HashData(OlpcJson.Encode(document.RootElement)));
    }

    /// <summary>Such as <c>3.snapshot.json</c>.</summary>
    public static string NameOf(string role, long version) => $"{version.ToString(CultureInfo.InvariantCulture)}.{role}.json";
}

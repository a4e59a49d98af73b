using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aixv.Transparency.Keys;
using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Identity;

/// <summary>Makes the issuer's identity tokens: JWTs signed by ES256 (RFC 7518 §3.4), good for <see cref="Lifetime"/>.</summary>
internal sealed class IdentityTokens(string issuer, SigningKey key, ImmutableArray<PublicKey> published, TimeProvider time)
{
    /// <summary>The audience of every token, and the id of the public client.</summary>
    public const string Audience = "sigstore";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly string header = Encode(writer =>
    {
        writer.WriteString("alg", "ES256");
        writer.WriteString("typ", "JWT");
        writer.WriteString("kid", KeyId(key.PublicKey));
    });

    public string Issuer => issuer;

    /// <summary>The JSON Web Key Set (RFC 7517): the current key, and those before it while their last tokens live.</summary>
    public ReadOnlyMemory<byte> KeySet { get; } = WriteKeySet(published);

    /// <summary>A token for <paramref name="account"/>.</summary>
    public string Issue(Account account, string? nonce = null)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var payload = Encode(writer =>
        {
            writer.WriteString("iss", issuer);
            writer.WriteString("aud", Audience);
            writer.WriteString("sub", account.SubjectAt(issuer));
            writer.WriteNumber("iat", now);
            writer.WriteNumber("exp", now + (long)Lifetime.TotalSeconds);
            writer.WriteString("jti", WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)));
            if (account.Email is { } email)
            {
                writer.WriteString("email", email);
                writer.WriteBoolean("email_verified", true);
            }

            if (nonce is not null)
            {
                writer.WriteString("nonce", nonce);
            }
        });
        var signed = $"{header}.{payload}";
        var signature = ToFixedLength(key.Sign(Encoding.ASCII.GetBytes(signed), SignatureScheme.EcdsaSha256));
        return $"{signed}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    private static string Encode(Action<Utf8JsonWriter> write) => WebEncoders.Base64UrlEncode(Hosting.JsonAnswer.Build(write).Span);

    /// <summary>JWS has r and s as 32 bytes each, where everything else here has them in DER.</summary>
    private static byte[] ToFixedLength(byte[] signature)
    {
        var sequence = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        var result = new byte[64];
        WriteFixed(sequence.ReadInteger(), result.AsSpan(0, 32));
        WriteFixed(sequence.ReadInteger(), result.AsSpan(32));
        return result;
    }

    private static void WriteFixed(BigInteger number, Span<byte> target) =>
        number.TryWriteBytes(target[(target.Length - number.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);

    /// <summary>The RFC 7638 thumbprint.</summary>
    private static string KeyId(PublicKey key)
    {
        var (x, y) = Coordinates(key);
        return WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
    }

    /// <summary>A P-256 SubjectPublicKeyInfo ends in the uncompressed point.</summary>
    private static (string X, string Y) Coordinates(PublicKey key)
    {
        var spki = key.Spki.Span;
        return (WebEncoders.Base64UrlEncode(spki[^64..^32]), WebEncoders.Base64UrlEncode(spki[^32..]));
    }

    private static ReadOnlyMemory<byte> WriteKeySet(ImmutableArray<PublicKey> keys) => Hosting.JsonAnswer.Build(writer =>
    {
        writer.WriteStartArray("keys");
        foreach (var key in keys)
        {
            var (x, y) = Coordinates(key);
            writer.WriteStartObject();
            writer.WriteString("kty", "EC");
            writer.WriteString("crv", "P-256");
            writer.WriteString("alg", "ES256");
            writer.WriteString("use", "sig");
            writer.WriteString("kid", KeyId(key));
            writer.WriteString("x", x);
            writer.WriteString("y", y);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}

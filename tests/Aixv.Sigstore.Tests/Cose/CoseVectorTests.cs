using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Aixv.Sigstore.Cose;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Cose;

public sealed class CoseVectorTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository(), "testdata", "vectors", "cose", "sign1.txt"));

    public static TheoryData<string> Names => [.. Lines.Select(line => line.Split(' ')[0])];

    [Theory, MemberData(nameof(Names))]
    public void A_published_message_is_judged_as_published(string name)
    {
        var (key, context, expected, message) = Read(name);
        Assert.Equal(expected, Judge(key, message, context));
    }

    [Fact]
    public void An_unprotected_algorithm_counts_only_for_who_knows_it()
    {
        var (key, _, _, message) = Read("sign-pass-01");
        Assert.Equal("Valid", Judge(key, message, new CoseContext { Algorithm = CoseAlgorithm.ES256 }));
        Assert.Equal("SignatureInvalid", Judge(key, message, new CoseContext { Algorithm = CoseAlgorithm.ES384 }));
    }

    [Fact]
    public void A_published_message_is_written_back_as_it_was()
    {
        foreach (var name in Names.Select(row => (string)row.Data).Where(n => n is not ("sign-pass-01" or "sign-pass-03" or "sign-fail-01")))
        {
            var (_, _, _, message) = Read(name);
            Assert.Equal(message, CoseSign1.Parse(message).ToBytes());
        }
    }

    [Fact]
    public void A_web_token_s_claims_are_read()
    {
        var (_, _, _, message) = Read("rfc8392-a.3");
        var payload = CoseSign1.Parse(message).Payload!.Value;
        var claims = CwtClaims.Find(CoseHeaders.Empty.WithEncoded(CoseLabels.CwtClaims, Untagged(payload)));
        Assert.Equal("coap://as.example.com", claims!.Issuer);
        Assert.Equal("erikw", claims.Subject);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1443944944), claims.IssuedAt);
    }

    /// <summary>RFC 8392's example tags its times; RFC 8392 §2 says that claims have none.</summary>
    private static byte[] Untagged(ReadOnlyMemory<byte> payload) =>
        Convert.FromHexString(Convert.ToHexStringLower(payload.Span).Replace("c11a", "1a", StringComparison.Ordinal));

    private static string Judge(PublicKey key, byte[] bytes, CoseContext context) =>
        !CoseSign1.TryParse(bytes, out var message, out _) ? nameof(CoseRejectionReason.Malformed)
        : message.TryVerify(key, out var rejection, context) ? "Valid" : rejection.Reason.ToString();

    private static (PublicKey Key, CoseContext Context, string Expected, byte[] Message) Read(string name)
    {
        var fields = Lines.Single(line => line.StartsWith(name + ' ', StringComparison.Ordinal)).Split(' ');
        var parameters = new ECParameters
        {
            Curve = fields[1] switch { "P-256" => ECCurve.NamedCurves.nistP256, "P-384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 },
            Q = new ECPoint { X = Convert.FromHexString(fields[2]), Y = Convert.FromHexString(fields[3]) },
        };
        using var ecdsa = ECDsa.Create(parameters);
        var context = fields[4] == "-" ? CoseContext.None : new CoseContext { ExternalData = Convert.FromHexString(fields[4]) };
        return (PublicKey.FromSpki(ecdsa.ExportSubjectPublicKeyInfo()), context, fields[5], Convert.FromHexString(fields[6]));
    }

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Authority.Issuance;
using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Tests.Issuance;

public sealed class FulcioEndpointsTests
{
    private const string SigningCert = "/api/v2/signingCert";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, int code, string reason)
    {
        Assert.Equal(status, response.StatusCode);
        var error = await TestAuthority.JsonAsync(response);
        Assert.Equal(code, error["code"]!.GetValue<int>());
        Assert.Contains(reason, error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(error["details"]!.AsArray());
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.EcdsaP521)]
    [InlineData(KeyAlgorithm.Rsa)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public async Task Every_kind_of_key_gets_a_certificate(KeyAlgorithm algorithm)
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(algorithm);
        var chain = await Keyless.CertificateAsync(authority, key, await authority.MachineTokenAsync());
        Assert.Equal(key.PublicKey.Spki.ToArray(), chain[0].Spki.ToArray());
    }

    [Fact]
    public async Task The_leaf_is_as_Sigstore_clients_want_it()
    {
        await using var authority = await TestAuthority.StartAsync();
        var issuer = authority.Server.Url.GetLeftPart(UriPartial.Authority);
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);

        var chain = await Keyless.CertificateAsync(authority, key, await authority.MachineTokenAsync());

        Assert.Equal(3, chain.Length);
        var leaf = chain[0];
        Assert.Equal([0x30, 0x00], leaf.Subject.ToArray());
        Assert.Equal(20, leaf.Serial.Length);
        Assert.Equal(TimeSpan.FromMinutes(10), leaf.NotAfter - leaf.NotBefore);
        Assert.Equal(KeyUsages.DigitalSignature, leaf.KeyUsage);
        Assert.Equal(["1.3.6.1.5.5.7.3.3"], leaf.ExtendedKeyUsages.AsEnumerable());
        Assert.False(leaf.IsAuthority);
        Assert.Null(leaf.UnknownCriticalExtension);
        Assert.Equal(chain[1].SubjectKeyIdentifier!.Value.ToArray(), leaf.AuthorityKeyIdentifier!.Value.ToArray());
        Assert.Equal($"{issuer}/machines/machine", Assert.Single(leaf.SubjectAlternativeNames).Value);
        Assert.Equal(
            ["2.5.29.15", "2.5.29.37", "2.5.29.14", "2.5.29.35", "2.5.29.17", "1.3.6.1.4.1.57264.1.1", "1.3.6.1.4.1.57264.1.8", "1.3.6.1.4.1.57264.1.24", "1.3.6.1.4.1.11129.2.4.2"],
            leaf.Extensions.Select(e => e.Oid));
        Assert.True(leaf.IsSignedBy(chain[1].PublicKey));
        Assert.True(chain[1].IsSignedBy(chain[2].PublicKey));
        Assert.Equal(0, chain[1].PathLength);
    }

    [Fact]
    public async Task Openssl_accepts_the_chain()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var chain = await Keyless.CertificateAsync(authority, key, await authority.MachineTokenAsync());
        string[] files = [.. chain.Select((c, i) => Path.Combine(authority.Folder, $"{i}.pem"))];
        foreach (var (i, certificate) in chain.Index())
        {
            await File.WriteAllTextAsync(files[i], PemEncoding.WriteString("CERTIFICATE", certificate.Raw.Span), Cancel);
        }

        var (code, output) = await OpenSsl.RunAsync("verify", "-x509_strict", "-CAfile", files[2], "-untrusted", files[1], files[0]);

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task The_token_may_come_as_a_header()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var token = await authority.MachineTokenAsync();
        using var response = await authority.PostAsync(SigningCert, Keyless.CertificateRequest(key, Keyless.SubjectOf(token)), bearer: token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_certificate_signing_request_works_instead_of_a_key_with_proof()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=ignored", ecdsa, HashAlgorithmName.SHA256).CreateSigningRequestPem();

        using var response = await authority.PostAsync(SigningCert, Csr(pem), bearer: await authority.MachineTokenAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var leaf = Keyless.Chain(await TestAuthority.JsonAsync(response))[0];
        Assert.Equal(ecdsa.ExportSubjectPublicKeyInfo(), leaf.Spki.ToArray());
        Assert.Equal([0x30, 0x00], leaf.Subject.ToArray());
    }

    private static JsonObject Csr(string pem) => new() { ["certificateSigningRequest"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(pem)) };

    [Fact]
    public async Task A_certificate_signing_request_that_its_key_did_not_sign_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=x", ecdsa, HashAlgorithmName.SHA256).CreateSigningRequest();
        der[Array.IndexOf(der, (byte)'x')] = (byte)'y';
        using var response = await authority.PostAsync(
            SigningCert, Csr(PemEncoding.WriteString("CERTIFICATE REQUEST", der)), bearer: await authority.MachineTokenAsync());
        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, 3, "not signed by its own key");
    }

    [Fact]
    public async Task A_proof_over_something_else_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var token = await authority.MachineTokenAsync();
        using var response = await authority.PostAsync(SigningCert, Keyless.CertificateRequest(key, "somebody else", token));
        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, 3, "proof of possession");
    }

    [Fact]
    public async Task A_person_gets_a_certificate_for_the_address_whether_address_or_subject_was_signed()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var token = authority.Server.IssueToken("admin");
        foreach (var challenge in (string[])["admin@localhost", "admin"])
        {
            using var response = await authority.PostAsync(SigningCert, Keyless.CertificateRequest(key, challenge, token));
            var name = Assert.Single(Keyless.Chain(await TestAuthority.JsonAsync(response))[0].SubjectAlternativeNames);
            Assert.Equal("admin@localhost", name.Value);
        }
    }

    [Fact]
    public async Task Requests_without_a_good_key_or_token_are_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var token = await authority.MachineTokenAsync();
        var noKey = Keyless.CertificateRequest(key, "x", token);
        noKey["publicKeyRequest"]!["publicKey"]!["content"] = "no key";
        foreach (var (request, status, code, reason) in new (JsonNode, HttpStatusCode, int, string)[]
        {
            (Keyless.CertificateRequest(key, "x"), HttpStatusCode.Unauthorized, 16, "no identity token"),
            (Keyless.CertificateRequest(key, "x", "no.jwt.here"), HttpStatusCode.Unauthorized, 16, "cannot be read"),
            (new JsonObject(), HttpStatusCode.BadRequest, 3, "exactly one"),
            (noKey, HttpStatusCode.BadRequest, 3, "publicKey.content"),
            (JsonValue.Create("text"), HttpStatusCode.BadRequest, 3, "expected an object"),
        })
        {
            using var response = await authority.PostAsync(SigningCert, request);
            await AssertRefusedAsync(response, status, code, reason);
        }
    }

    [Fact]
    public async Task A_small_RSA_key_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var rsa = RSA.Create(1024);
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var request = Keyless.CertificateRequest(key, "x", await authority.MachineTokenAsync());
        request["publicKeyRequest"]!["publicKey"]!["content"] = rsa.ExportSubjectPublicKeyInfoPem();
        using var response = await authority.PostAsync(SigningCert, request);
        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, 3, "2048");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var response = await authority.PostAsync(SigningCert, JsonValue.Create(new string('x', SigningRequest.MaximumBytes)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Trust_bundle_and_configuration_name_the_chain_and_the_issuer()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var chain = await Keyless.CertificateAsync(authority, key, await authority.MachineTokenAsync());

        var bundle = JsonNode.Parse(await authority.Http.GetStringAsync("/api/v2/trustBundle", Cancel))!;
        var certificates = bundle["chains"]![0]!["certificates"]!.AsArray().Select(c => X509Certificate2.CreateFromPem(c!.GetValue<string>()).RawData);
        Assert.Equal(chain.Skip(1).Select(c => c.Raw.ToArray()), certificates);

        var configuration = JsonNode.Parse(await authority.Http.GetStringAsync("/api/v2/configuration", Cancel))!;
        Assert.Equal(authority.Server.Url.GetLeftPart(UriPartial.Authority), configuration["issuers"]![0]!["issuerUrl"]!.GetValue<string>());
        Assert.Equal("sigstore", configuration["issuers"]![0]!["audience"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_certificate_is_in_the_certificate_log_at_the_index_in_its_SCT()
    {
        await using var authority = await TestAuthority.StartAsync();
        var token = await authority.MachineTokenAsync();
        var leaves = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
            return (await Keyless.CertificateAsync(authority, key, token))[0];
        }));

        var bundle = await authority.Http.GetByteArrayAsync("/ct/tile/entries/000.p/20", Cancel);
        Assert.True(Aixv.Transparency.Tiles.EntryBundle.TryRead(bundle, 20, out var entries));
        foreach (var leaf in leaves)
        {
            var sct = leaf.Extensions.Single(e => e.Oid == "1.3.6.1.4.1.11129.2.4.2").Value.ToArray();
            var index = sct.AsSpan().IndexOf((byte[])[0, 8, 0, 0, 5]);
            Assert.True(index > 0);
            var entry = entries.Value[sct[index + 9]];
            Assert.True(entry.Span.IndexOf(leaf.Serial.Span) > 0);
        }
    }
}

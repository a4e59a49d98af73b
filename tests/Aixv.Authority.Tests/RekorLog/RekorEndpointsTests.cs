using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Authority.RekorLog;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Authority.Tests.RekorLog;

public sealed class RekorEndpointsTests
{
    private const string Entries = "/api/v2/log/entries";
    private static readonly byte[] Digest = SHA256.HashData("weights"u8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static JsonObject Request(SigningKey key) =>
        Keyless.HashedRekord(Digest, key.SignDigest(Digest, SignatureScheme.EcdsaSha256), Keyless.Verifier(key.PublicKey));

    private static async Task<string> RefusalAsync(TestAuthority authority, JsonNode request, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var response = await authority.PostAsync(Entries, request);
        Assert.Equal(status, response.StatusCode);
        var error = await TestAuthority.JsonAsync(response);
        Assert.True(error["code"]!.GetValue<int>() > 0);
        Assert.Empty(error["details"]!.AsArray());
        return error["message"]!.GetValue<string>();
    }

    [Fact]
    public async Task An_entry_is_answered_with_all_members_and_a_proof()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);

        using var response = await authority.PostAsync(Entries, Request(key));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var json = await TestAuthority.JsonAsync(response);
        Assert.Equal(
            ["logIndex", "logId", "kindVersion", "integratedTime", "inclusionPromise", "inclusionProof", "canonicalizedBody"],
            json.AsObject().Select(m => m.Key));
        Assert.Equal("0", json["integratedTime"]!.GetValue<string>());
        Assert.Null(json["inclusionPromise"]);
        AssertIncluded(json);
    }

    private static void AssertIncluded(JsonNode json)
    {
        var entry = LogEntryJson.Read(ProtoObject.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), 1 << 20));
        var proof = entry.Inclusion!;
        var checkpoint = Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetBytes(proof.Checkpoint)).Text.Span);
        var hashes = proof.Hashes.Select(h => MerkleHash.FromBytes(h.Span));
        Assert.True(new InclusionProof((ulong)proof.LogIndex, (ulong)proof.TreeSize, [.. hashes])
            .Verify(MerkleTree.HashLeaf(entry.CanonicalizedBody.Span), checkpoint.Root));
        Assert.Equal("localhost", checkpoint.Origin);
        Assert.Equal(checkpoint.Root.ToArray(), proof.RootHash.ToArray());
        Assert.Equal(32, entry.LogId.Length);
        Assert.Equal(CanonicalJson.Serialize(JsonNode.Parse(entry.CanonicalizedBody.Span)), entry.CanonicalizedBody.ToArray());
    }

    public static TheoryData<string> Schemes =>
        ["PKIX_ECDSA_P256_SHA_256", "PKIX_ECDSA_P384_SHA_384", "PKIX_ECDSA_P521_SHA_512", "PKIX_RSA_PKCS1V15_3072_SHA256", "PKIX_RSA_PSS_3072_SHA256"];

    [Theory, MemberData(nameof(Schemes))]
    public async Task Every_kind_of_key_is_accepted(string details)
    {
        await using var authority = await TestAuthority.StartAsync();
        var known = KeyDetails.Parse(details);
        using var key = SigningKey.Generate(known.Algorithm);
        var digest = RandomNumberGenerator.GetBytes(known.HashLength);

        using var response = await authority.PostAsync(
            Entries, Keyless.HashedRekord(digest, key.SignDigest(digest, known.Scheme), Keyless.Verifier(key.PublicKey, details)));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        AssertIncluded(await TestAuthority.JsonAsync(response));
    }

    [Fact]
    public async Task A_signature_of_another_digest_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var request = Keyless.HashedRekord(SHA256.HashData("other"u8), key.SignDigest(Digest, SignatureScheme.EcdsaSha256), Keyless.Verifier(key.PublicKey));
        Assert.Contains("does not verify", await RefusalAsync(authority, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_requests_are_refused_with_the_place()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        using var ed25519 = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var signature = key.SignDigest(Digest, SignatureScheme.EcdsaSha256);
        var unknown = Request(key);
        unknown["hashedRekordRequestV002"]!["surprise"] = 1;
        foreach (var (request, reason) in new (JsonNode, string)[]
        {
            (new JsonObject(), "exactly one"),
            (unknown, "unknown member 'surprise'"),
            (Keyless.HashedRekord(Digest[..31], signature, Keyless.Verifier(key.PublicKey)), "31 bytes"),
            (Keyless.HashedRekord(Digest, signature, Keyless.Verifier(key.PublicKey, "PKIX_ECDSA_P384_SHA_384")), "which is not PKIX_ECDSA_P384_SHA_384"),
            (Keyless.HashedRekord(Digest, signature, Keyless.Verifier(key.PublicKey, "PKIX_NEW")), "not supported"),
            (Keyless.HashedRekord(Digest, signature, Keyless.Verifier(ed25519.PublicKey, "PKIX_ED25519")), "pure Ed25519"),
            (Keyless.HashedRekord(Digest, signature, new JsonObject { ["keyDetails"] = "PKIX_ECDSA_P256_SHA_256" }), "exactly one of x509Certificate and publicKey"),
            (Keyless.HashedRekord(Digest, [], Keyless.Verifier(key.PublicKey)), "required and missing"),
        })
        {
            Assert.Contains(reason, await RefusalAsync(authority, request), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var content = new ByteArrayContent(new byte[LogRequest.MaximumBytes + 1]);
        using var response = await authority.Http.PostAsync(Entries, content, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task An_equal_entry_is_refused_with_the_way_to_the_first_also_after_a_restart()
    {
        var folder = TestAuthority.NewFolder();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var request = Request(key);
        string index;
        await using (var authority = await TestAuthority.StartAsync(folder))
        {
            using var first = await authority.PostAsync(Entries, request);
            index = (await TestAuthority.JsonAsync(first))["logIndex"]!.GetValue<string>();
            await AssertConflictAsync(authority);
        }

        await using (var authority = await TestAuthority.StartAsync(folder))
        {
            await AssertConflictAsync(authority);
        }

        Directory.Delete(folder, recursive: true);

        async Task AssertConflictAsync(TestAuthority authority)
        {
            using var second = await authority.PostAsync(Entries, request);
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
            Assert.Equal(6, (await TestAuthority.JsonAsync(second))["code"]!.GetValue<int>());
            Assert.Equal(index, second.Headers.GetValues("x-log-index").Single());
            using var found = await authority.Http.GetAsync(second.Headers.Location, Cancel);
            AssertIncluded(await TestAuthority.JsonAsync(found));
        }
    }

    [Fact]
    public async Task Many_clients_at_once_get_different_indexes_and_good_proofs()
    {
        await using var authority = await TestAuthority.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
            using var response = await authority.PostAsync(Entries, Request(key));
            return await TestAuthority.JsonAsync(response);
        }));

        Assert.All(answers, AssertIncluded);
        Assert.Equal(300, answers.Select(a => a["logIndex"]!.GetValue<string>()).Distinct().Count());
        Assert.StartsWith("localhost\n300\n", await authority.Http.GetStringAsync("/api/v2/checkpoint", Cancel), StringComparison.Ordinal);
        Assert.Equal(256 * 32, (await authority.Http.GetByteArrayAsync("/api/v2/tile/0/000", Cancel)).Length);
        Assert.Equal(44 * 32, (await authority.Http.GetByteArrayAsync("/api/v2/tile/0/001.p/44", Cancel)).Length);
        Assert.NotEmpty(await authority.Http.GetByteArrayAsync("/api/v2/tile/entries/000", Cancel));
    }

    [Theory]
    [InlineData("/api/v2/tile/0/000.p/1")]
    [InlineData("/api/v2/tile/../lock")]
    [InlineData("/api/v2/tile/..%2f..%2fkeys%2frekor-1.pem")]
    [InlineData("/api/v2/log/entries/0")]
    [InlineData("/api/v2/log/entries/x")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var authority = await TestAuthority.StartAsync();
        using var response = await authority.Http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static JsonObject Envelope(byte[] payload, byte[] signature, params JsonNode[] verifiers) => new()
    {
        ["dsseRequestV002"] = new JsonObject
        {
            ["envelope"] = new JsonObject
            {
                ["payload"] = Convert.ToBase64String(payload),
                ["payloadType"] = DsseEnvelope.InTotoPayloadType,
                ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(signature), ["keyid"] = "" }),
            },
            ["verifiers"] = new JsonArray(verifiers),
        },
    };

    [Fact]
    public async Task An_envelope_is_stored_as_dsse_as_JavaScript_clients_expect()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var payload = "{}"u8.ToArray();
        var signature = key.Sign(PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, payload));

        using var response = await authority.PostAsync(Entries, Envelope(payload, signature, Keyless.Verifier(key.PublicKey)));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var json = await TestAuthority.JsonAsync(response);
        AssertIncluded(json);
        Assert.Equal("dsse", json["kindVersion"]!["kind"]!.GetValue<string>());
        var spec = JsonNode.Parse(Convert.FromBase64String(json["canonicalizedBody"]!.GetValue<string>()))!["spec"]!["dsseV002"]!;
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(payload)), spec["payloadHash"]!["digest"]!.GetValue<string>());
        Assert.Equal(Convert.ToBase64String(signature), spec["signatures"]![0]!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_envelope_whose_signature_or_verifiers_do_not_fit_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        using var other = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var payload = "{}"u8.ToArray();
        var signature = key.Sign(PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, payload));
        foreach (var (request, reason) in new (JsonNode, string)[]
        {
            (Envelope(payload, signature, Keyless.Verifier(other.PublicKey)), "any of the given keys"),
            (Envelope(payload, signature, Keyless.Verifier(key.PublicKey), Keyless.Verifier(other.PublicKey)), "made none"),
            (Envelope(payload, signature), "at least one"),
        })
        {
            Assert.Contains(reason, await RefusalAsync(authority, request), StringComparison.Ordinal);
        }
    }
}

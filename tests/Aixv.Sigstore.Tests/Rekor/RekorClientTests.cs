using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Rekor;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Signing;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Transport;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Rekor;

public sealed class RekorClientTests : IDisposable
{
    private const string V2Answer = """
        {"logIndex":"7","logId":{"keyId":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},"kindVersion":{"kind":"hashedrekord","version":"0.0.2"},"integratedTime":"0",
        "inclusionPromise":null,"inclusionProof":{"logIndex":"7","rootHash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","treeSize":"8","hashes":[],"checkpoint":{"envelope":"x\n"}},"canonicalizedBody":"e30="}
        """;

    private static readonly string Uuid = new('a', 80);
    private static readonly string V1Answer = new JsonObject
    {
        [Uuid] = new JsonObject
        {
            ["body"] = Convert.ToBase64String("""{"apiVersion":"0.0.1","kind":"hashedrekord","spec":{}}"""u8),
            ["integratedTime"] = 1_700_000_000,
            ["logID"] = new string('0', 64),
            ["logIndex"] = 1234,
            ["verification"] = new JsonObject
            {
                ["inclusionProof"] = new JsonObject
                {
                    ["checkpoint"] = "log\n1\n", ["hashes"] = new JsonArray(new string('1', 64)), ["logIndex"] = 34, ["rootHash"] = new string('2', 64), ["treeSize"] = 35,
                },
                ["signedEntryTimestamp"] = "AQID",
            },
        },
    }.ToJsonString();

    private readonly HttpClient http = ServiceTransport.CreateHttpClient();

    public void Dispose() => http.Dispose();

    private Task<LogEntry> AddAsync(FakeService rekor, int version, KeyAlgorithm algorithm = KeyAlgorithm.EcdsaP256, bool envelope = false, bool certificate = false)
    {
        using var key = TestKeys.Of(algorithm);
        var scheme = key.PublicKey.DefaultScheme;
        var dsse = new DsseEnvelope(DsseEnvelope.InTotoPayloadType, "{}"u8.ToArray(), []);
        var message = envelope ? dsse.ToPreAuthEncoding() : "artifact"u8.ToArray();
        var digest = scheme.Hash() is { } hash ? CryptographicOperations.HashData(hash, message) : [];
        var submission = new LogSubmission(
            digest, key.Sign(message), scheme, key.PublicKey, certificate ? (ReadOnlyMemory<byte>?)new byte[] { 0x30, 0 } : null, envelope ? dsse : null);
        var service = new SigningService(rekor.Url, version, null, null, "");
        return RekorClient.For(service, new ServiceTransport(http, new ManualClock()), []).AddAsync(submission, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task Version_2_answers_an_entry_with_defaults_written_out(int status)
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json(V2Answer, status));
        var entry = await AddAsync(rekor, 2);
        Assert.Equal(7, entry.LogIndex);
        Assert.Equal(0, entry.IntegratedTime);
        Assert.Null(entry.InclusionPromise);
        Assert.Equal("x\n", entry.Inclusion?.Checkpoint);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256, "PKIX_ECDSA_P256_SHA_256", 32)]
    [InlineData(KeyAlgorithm.EcdsaP384, "PKIX_ECDSA_P384_SHA_384", 48)]
    [InlineData(KeyAlgorithm.EcdsaP521, "PKIX_ECDSA_P521_SHA_512", 64)]
    [InlineData(KeyAlgorithm.Rsa, "PKIX_RSA_PKCS1V15_2048_SHA256", 32)]
    public async Task Version_2_is_told_the_kind_of_key_and_a_digest_by_its_hash(KeyAlgorithm algorithm, string details, int length)
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json(V2Answer, 201));
        await AddAsync(rekor, 2, algorithm);
        var request = Assert.Single(rekor.Requests);
        Assert.Equal("POST /api/v2/log/entries", $"{request.Method} {request.Target}");
        var sent = request.Json["hashedRekordRequestV002"]!;
        Assert.Equal(details, (string?)sent["signature"]!["verifier"]!["keyDetails"]);
        Assert.NotNull(sent["signature"]!["verifier"]!["publicKey"]!["rawBytes"]);
        Assert.Equal(length, Convert.FromBase64String((string)sent["digest"]!).Length);
    }

    [Fact]
    public async Task Version_2_enters_an_envelope_by_the_digest_of_its_encoding()
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json(V2Answer, 201));
        await AddAsync(rekor, 2, envelope: true, certificate: true);
        var sent = Assert.Single(rekor.Requests).Json["hashedRekordRequestV002"]!;
        var digest = SHA256.HashData(PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, "{}"u8));
        Assert.Equal(Convert.ToBase64String(digest), (string?)sent["digest"]);
        Assert.Equal("MAA=", (string?)sent["signature"]!["verifier"]!["x509Certificate"]!["rawBytes"]);
    }

    [Fact]
    public async Task Version_2_refuses_a_duplicate_that_it_does_not_name()
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json("""{"code":6,"message":"an equivalent entry exists"}""", 409));
        var e = await Assert.ThrowsAsync<SigningException>(() => AddAsync(rekor, 2));
        Assert.Contains("HTTP 409: an equivalent entry exists", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("log.example\n42\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— log.example AAAAAAAA\n", "cannot be read")]
    [InlineData("log.example\n41\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— log.example AAAAAAAA\n", "no checkpoint covers it yet")]
    public async Task Version_2_with_a_duplicate_and_unusable_tiles_is_the_worlds_failure(string checkpoint, string message)
    {
        var conflict = FakeAnswer.Json("{}", 409) with { Headers = [("x-log-index", "41")] };
        using var rekor = new FakeService(r => r.Method == "POST" ? conflict
            : r.Target == "/api/v2/checkpoint" ? new FakeAnswer(200, Encoding.UTF8.GetBytes(checkpoint)) : new FakeAnswer(404, []));
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => AddAsync(rekor, 2));
        Assert.Contains("entry 41", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task A_digest_log_is_not_asked_to_hold_pure_Ed25519(int version, bool envelope)
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json(V2Answer, 201));
        var e = await Assert.ThrowsAsync<SigningException>(() => AddAsync(rekor, version, KeyAlgorithm.Ed25519, envelope));
        Assert.Contains("Ed25519", e.Message, StringComparison.Ordinal);
        Assert.Empty(rekor.Requests);
    }

    [Fact]
    public async Task Version_1_answers_are_turned_into_entries()
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json(V1Answer, 201));
        var entry = await AddAsync(rekor, 1, certificate: true);
        Assert.Equal(("hashedrekord", "0.0.1", 1234L, 1_700_000_000L), (entry.Kind, entry.Version, entry.LogIndex, entry.IntegratedTime));
        Assert.Equal(new byte[] { 1, 2, 3 }, entry.InclusionPromise?.ToArray());
        Assert.Equal((34L, 35L, "log\n1\n"), (entry.Inclusion!.LogIndex, entry.Inclusion.TreeSize, entry.Inclusion.Checkpoint));
        Assert.Equal(Convert.FromHexString(new string('1', 64)), Assert.Single(entry.Inclusion.Hashes).ToArray());
        var sent = Assert.Single(rekor.Requests).Json;
        Assert.Equal("sha256", (string?)sent["spec"]!["data"]!["hash"]!["algorithm"]);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", Encoding.ASCII.GetString(Convert.FromBase64String((string)sent["spec"]!["signature"]!["publicKey"]!["content"]!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_1_gets_envelopes_as_dsse()
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json(V1Answer, 201));
        await AddAsync(rekor, 1, KeyAlgorithm.Ed25519, envelope: true);
        var sent = Assert.Single(rekor.Requests).Json;
        Assert.Equal("dsse", (string?)sent["kind"]);
        var envelope = JsonNode.Parse((string)sent["spec"]!["proposedContent"]!["envelope"]!)!;
        Assert.Equal(DsseEnvelope.InTotoPayloadType, (string?)envelope["payloadType"]);
        Assert.Equal("e30=", (string?)envelope["payload"]);
        Assert.Single(envelope["signatures"]!.AsArray());
        Assert.StartsWith(
            "-----BEGIN PUBLIC KEY-----", Encoding.ASCII.GetString(Convert.FromBase64String((string)sent["spec"]!["proposedContent"]!["verifiers"]![0]!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_1_fetches_the_entry_that_is_there_already()
    {
        using var rekor = FakeService.Answering(
            FakeAnswer.Json("{}", 409) with { Headers = [("Location", $"/api/v1/log/entries/{Uuid}")] }, FakeAnswer.Json(V1Answer));
        Assert.Equal(1234, (await AddAsync(rekor, 1)).LogIndex);
        Assert.Equal($"GET /api/v1/log/entries/{Uuid}", rekor.Requests.Select(r => $"{r.Method} {r.Target}").Last());
    }

    [Theory]
    [InlineData("https://elsewhere.example/../../secret")]
    [InlineData("/api/v1/log/entries/not-a-uuid")]
    public async Task Version_1_is_not_followed_to_other_places(string location)
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json("""{"message":"exists"}""", 409) with { Headers = [("Location", location)] });
        await Assert.ThrowsAsync<SigningException>(() => AddAsync(rekor, 1));
        Assert.Single(rekor.Requests);
    }

    [Theory]
    [InlineData(1, "{}")]
    [InlineData(1, "[]")]
    [InlineData(1, "{\"a\":{}}")]
    [InlineData(1, "{\"a\":{},\"b\":{}}")]
    [InlineData(1, "{\"a\":{\"body\":\"AA==\",\"logID\":\"00\",\"verification\":{}}}")]
    [InlineData(2, "{}")]
    [InlineData(2, "null")]
    [InlineData(2, "{\"logIndex\":\"-1\"}")]
    [InlineData(2, "not json")]
    public async Task Nonsense_is_the_worlds_failure(int version, string answer)
    {
        using var rekor = FakeService.Answering(FakeAnswer.Json(answer, 201));
        await Assert.ThrowsAsync<HttpRequestException>(() => AddAsync(rekor, version));
    }

    [Theory]
    [InlineData("\"hashes\":[\"1111", "\"hashes\":[\"zz11")]
    [InlineData("\"signedEntryTimestamp\":\"AQID\"", "\"x\":1")]
    [InlineData("\"checkpoint\":\"log", "\"c\":\"log")]
    public async Task Version_1_answers_that_lack_or_garble_a_part_are_refused(string old, string replacement)
    {
        var answer = V1Answer.Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(V1Answer, answer);
        using var rekor = FakeService.Answering(FakeAnswer.Json(answer, 201));
        await Assert.ThrowsAsync<HttpRequestException>(() => AddAsync(rekor, 1));
    }

    [Fact]
    public async Task A_frozen_log_is_a_refusal_and_an_overloaded_one_is_tried_again()
    {
        using var frozen = FakeService.Answering(FakeAnswer.Json("""{"message":"frozen"}""", 405));
        await Assert.ThrowsAsync<SigningException>(() => AddAsync(frozen, 2));
        using var busy = FakeService.Answering(FakeAnswer.Json("{}", 503), FakeAnswer.Json(V2Answer, 201));
        Assert.Equal(7, (await AddAsync(busy, 2)).LogIndex);
    }
}

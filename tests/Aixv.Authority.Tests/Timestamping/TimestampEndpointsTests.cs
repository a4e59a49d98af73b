using System.Formats.Asn1;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text.Json.Nodes;
using Aixv.Authority.Timestamping;

namespace Aixv.Authority.Tests.Timestamping;

public sealed class TimestampEndpointsTests
{
    private static readonly byte[] Data = [1, 2, 3];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> QueryAsync(TestAuthority authority, byte[] query, string type = "application/timestamp-query")
    {
        using var content = new ByteArrayContent(query) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await authority.Http.PostAsync("/api/v1/timestamp", content, Cancel);
    }

    [Theory]
    [InlineData("sha256", true)]
    [InlineData("sha384", false)]
    [InlineData("sha512", true)]
    public async Task Openssl_accepts_a_timestamp_that_it_asked_for(string hash, bool certificates)
    {
        await using var authority = await TestAuthority.StartAsync();
        string Named(string name) => Path.Combine(authority.Folder, name);
        await File.WriteAllBytesAsync(Named("data"), Data, Cancel);
        await File.WriteAllTextAsync(Named("chain.pem"), await authority.Http.GetStringAsync("/api/v1/timestamp/certchain", Cancel), Cancel);
        string[] query = ["ts", "-query", "-data", Named("data"), $"-{hash}", "-out", Named("query"), .. certificates ? (string[])["-cert"] : []];
        var (made, output) = await OpenSsl.RunAsync(query);
        Assert.True(made == 0, output);

        using var response = await QueryAsync(authority, await File.ReadAllBytesAsync(Named("query"), Cancel));
        Assert.Equal("application/timestamp-reply", response.Content.Headers.ContentType?.MediaType);
        await File.WriteAllBytesAsync(Named("reply"), await response.Content.ReadAsByteArrayAsync(Cancel), Cancel);

        var (verified, reason) = await OpenSsl.RunAsync(
            "ts", "-verify", "-queryfile", Named("query"), "-in", Named("reply"), "-CAfile", Named("chain.pem"), "-untrusted", Named("chain.pem"));
        Assert.True(verified == 0, reason);
    }

    [Fact]
    public async Task A_request_with_nonce_and_certificates_gets_both_back()
    {
        await using var authority = await TestAuthority.StartAsync();
        var query = Rfc3161TimestampRequest.CreateFromData(Data, HashAlgorithmName.SHA256, nonce: new byte[] { 5, 6, 7 }, requestSignerCertificates: true);
        using var response = await QueryAsync(authority, query.Encode());

        var token = query.ProcessResponse(await response.Content.ReadAsByteArrayAsync(Cancel), out _);

        Assert.True(token.VerifySignatureForData(Data, out var signer));
        Assert.Contains("timestamps 1", signer!.Subject, StringComparison.Ordinal);
        Assert.Equal(new byte[] { 5, 6, 7 }, token.TokenInfo.GetNonce()!.Value.ToArray());
        Assert.Equal(TimestampAuthority.Policy, token.TokenInfo.PolicyId.Value);
    }

    [Fact]
    public async Task Without_certReq_no_certificate_is_embedded()
    {
        await using var authority = await TestAuthority.StartAsync();
        var query = Rfc3161TimestampRequest.CreateFromData(Data, HashAlgorithmName.SHA512);
        using var response = await QueryAsync(authority, query.Encode());

        var token = query.ProcessResponse(await response.Content.ReadAsByteArrayAsync(Cancel), out _);

        Assert.Empty(token.AsSignedCms().Certificates);
    }

    [Fact]
    public async Task Two_timestamps_have_different_serial_numbers()
    {
        await using var authority = await TestAuthority.StartAsync();
        var query = Rfc3161TimestampRequest.CreateFromData(Data, HashAlgorithmName.SHA256);
        var serials = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await QueryAsync(authority, query.Encode());
            var token = query.ProcessResponse(await response.Content.ReadAsByteArrayAsync(Cancel), out _);
            serials.Add(Convert.ToHexString(token.TokenInfo.GetSerialNumber().Span));
        }

        Assert.Equal(2, serials.Count);
    }

    [Fact]
    public async Task A_hash_that_is_not_accepted_is_rejected_with_badAlg()
    {
        await using var authority = await TestAuthority.StartAsync();
        var query = Rfc3161TimestampRequest.CreateFromHash(new byte[20], new Oid("1.3.14.3.2.26"));
        await AssertRejectedAsync(authority, query.Encode(), PkiFailure.BadAlgorithm);
    }

    [Fact]
    public async Task Another_policy_is_rejected_with_unacceptedPolicy()
    {
        await using var authority = await TestAuthority.StartAsync();
        var query = Rfc3161TimestampRequest.CreateFromData(Data, HashAlgorithmName.SHA256, requestedPolicyId: new Oid("1.2.3.4"));
        await AssertRejectedAsync(authority, query.Encode(), PkiFailure.UnacceptedPolicy);
    }

    [Fact]
    public async Task A_digest_of_the_wrong_length_is_rejected_with_badDataFormat()
    {
        await using var authority = await TestAuthority.StartAsync();
        var query = Rfc3161TimestampRequest.CreateFromHash(new byte[31], new Oid("2.16.840.1.101.3.4.2.1"));
        await AssertRejectedAsync(authority, query.Encode(), PkiFailure.BadDataFormat);
    }

    [Fact]
    public async Task Bytes_that_are_no_request_are_rejected_with_badDataFormat()
    {
        await using var authority = await TestAuthority.StartAsync();
        await AssertRejectedAsync(authority, [0x30, 0x03, 1, 2, 3], PkiFailure.BadDataFormat);
        await AssertRejectedAsync(authority, [], PkiFailure.BadDataFormat);
    }

    private static async Task AssertRejectedAsync(TestAuthority authority, byte[] query, PkiFailure failure)
    {
        using var response = await QueryAsync(authority, query);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = new AsnReader(await response.Content.ReadAsByteArrayAsync(Cancel), AsnEncodingRules.DER).ReadSequence();
        var status = answer.ReadSequence();
        Assert.False(answer.HasData);
        Assert.Equal(2, status.ReadInteger());
        status.ReadSequence();
        var bits = status.ReadBitString(out var unused);
        Assert.Equal((int)failure, bits.Length * 8 - unused - 1);
    }

    [Fact]
    public async Task Json_is_refused_with_a_reason()
    {
        await using var authority = await TestAuthority.StartAsync();
        foreach (var (body, reason) in new (JsonObject, string)[]
        {
            (new() { ["artifactHash"] = "AAAA", ["hashAlgorithm"] = "sha256" }, "3 bytes"),
            (new() { ["artifactHash"] = Convert.ToBase64String(new byte[32]), ["hashAlgorithm"] = "md5" }, "md5"),
            (new() { ["artifactHash"] = Convert.ToBase64String(new byte[32]), ["hashAlgorithm"] = "sha256", ["extra"] = 1 }, "unknown member"),
        })
        {
            using var response = await authority.PostAsync("/api/v1/timestamp", body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(reason, (await TestAuthority.JsonAsync(response))["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Other_content_types_and_large_bodies_are_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var type = await QueryAsync(authority, [1], "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, type.StatusCode);
        using var size = await QueryAsync(authority, new byte[TimestampRequest.MaximumBytes + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, size.StatusCode);
    }
}

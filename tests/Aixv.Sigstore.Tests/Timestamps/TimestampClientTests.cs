using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Timestamps;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Tests.Timestamps;

public sealed class TimestampClientTests : IDisposable
{
    private static readonly byte[] Message = "a signature"u8.ToArray();
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();

    public void Dispose() => http.Dispose();

    private Task<ReadOnlyMemory<byte>> TimestampAsync(FakeService authority) =>
        new TimestampClient(new ServiceTransport(http, new ManualClock()), new Uri(authority.Url, "/some/path"))
            .TimestampAsync(Message, TestContext.Current.CancellationToken);

    private static FakeService Authority(Func<(byte[] Digest, BigInteger Nonce), byte[]> answer, int status = 201) =>
        new(request => new FakeAnswer(status, answer(ReadRequest(request.Body))));

    private static (byte[] Digest, BigInteger Nonce) ReadRequest(byte[] der)
    {
        var request = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        Assert.Equal(BigInteger.One, request.ReadInteger());
        var imprint = request.ReadSequence();
        Assert.Equal("2.16.840.1.101.3.4.2.1", imprint.ReadSequence().ReadObjectIdentifier());
        var digest = imprint.ReadOctetString();
        var nonce = request.ReadInteger();
        Assert.True(request.ReadBoolean(), "certReq");
        request.ThrowIfNotEmpty();
        return (digest, nonce);
    }

    /// <summary>A TimeStampResp with everything a requester looks at; its signature is not looked at here.</summary>
    private static byte[] Response(byte[] digest, BigInteger? nonce, int status = 0, bool optionals = false, string? text = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(status);
                if (text is not null)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
                    }
                }
            }

            if (status <= 1)
            {
                WriteToken(writer, Info(digest, nonce, optionals));
            }
        }

        return writer.Encode();
    }

    private static void WriteToken(AsnWriter writer, byte[] info)
    {
        var context0 = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (writer.PushSequence(context0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(3);
                using (writer.PushSetOf())
                {
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.2.840.113549.1.9.16.1.4");
                    using (writer.PushSequence(context0))
                    {
                        writer.WriteOctetString(info);
                    }
                }
            }
        }
    }

    private static byte[] Info(byte[] digest, BigInteger? nonce, bool optionals)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.2.3");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                }

                writer.WriteOctetString(digest);
            }

            writer.WriteInteger(42);
            writer.WriteGeneralizedTime(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), omitFractionalSeconds: true);
            if (optionals)
            {
                using (writer.PushSequence())
                {
                    writer.WriteInteger(1);
                }

                writer.WriteBoolean(true);
            }

            if (nonce is { } number)
            {
                writer.WriteInteger(number);
            }
        }

        return writer.Encode();
    }

    [Theory]
    [InlineData(200, 0, false)]
    [InlineData(201, 1, true)]
    public async Task A_granted_timestamp_over_what_was_sent_comes_back_as_it_is(int http, int status, bool optionals)
    {
        byte[] made = [];
        using var authority = Authority(r => made = Response(r.Digest, r.Nonce, status, optionals), http);
        var received = await TimestampAsync(authority);
        Assert.Equal(made, received.ToArray());
        var request = Assert.Single(authority.Requests);
        Assert.Equal("POST /some/path", $"{request.Method} {request.Target}");
        Assert.Equal("application/timestamp-query", request.Headers["Content-Type"]);
        Assert.Equal(SHA256.HashData(Message), ReadRequest(request.Body).Digest);
    }

    [Fact]
    public async Task Nonces_are_fresh()
    {
        using var authority = Authority(r => Response(r.Digest, r.Nonce));
        await TimestampAsync(authority);
        await TimestampAsync(authority);
        Assert.Equal(2, authority.Requests.Select(r => ReadRequest(r.Body).Nonce).Distinct().Count());
    }

    [Fact]
    public async Task Another_nonce_is_refused()
    {
        using var authority = Authority(r => Response(r.Digest, r.Nonce + 1));
        Assert.Contains("nonce", (await Assert.ThrowsAsync<HttpRequestException>(() => TimestampAsync(authority))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_nonce_is_refused()
    {
        using var authority = Authority(r => Response(r.Digest, null));
        Assert.Contains("nonce", (await Assert.ThrowsAsync<HttpRequestException>(() => TimestampAsync(authority))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timestamp_over_other_bytes_is_refused()
    {
        using var authority = Authority(r => Response(SHA256.HashData("other"u8), r.Nonce));
        Assert.Contains("other bytes", (await Assert.ThrowsAsync<HttpRequestException>(() => TimestampAsync(authority))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_is_told_in_the_authoritys_words()
    {
        using var authority = Authority(r => Response(r.Digest, r.Nonce, status: 2, text: "not today"), 200);
        var e = await Assert.ThrowsAsync<SigningException>(() => TimestampAsync(authority));
        Assert.Contains("status 2): not today", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0x30, 0x00 })]
    [InlineData(new byte[] { 0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00 })]
    public async Task Nonsense_is_the_worlds_failure(byte[] answer)
    {
        using var authority = Authority(_ => answer);
        await Assert.ThrowsAsync<HttpRequestException>(() => TimestampAsync(authority));
    }

    [Fact]
    public async Task A_huge_answer_is_not_read()
    {
        using var authority = Authority(_ => new byte[200_000]);
        await Assert.ThrowsAsync<HttpRequestException>(() => TimestampAsync(authority));
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography;
using Aixv.Interop.Tests.Peers;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Trust;

namespace Aixv.Interop.Tests.Authorities;

/// <summary>OpenSSL on what our Authority issues.</summary>
public sealed class OpensslTests(RunningAuthority authority) : IClassFixture<RunningAuthority>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<ToolResult> OpensslAsync(params string[] arguments) => Tool.RunAsync("openssl", arguments, Cancel);

    private string SaveChain(string name, params ReadOnlyMemory<byte>[] certificates) =>
        authority.Save(name, System.Text.Encoding.ASCII.GetBytes(string.Concat(certificates.Select(c => PemEncoding.WriteString("CERTIFICATE", c.Span) + "\n"))));

    [Theory]
    [InlineData("-sha256", "-cert")]
    [InlineData("-sha384", "-cert")]
    [InlineData("-sha512", "-cert")]
    [InlineData("-sha256", "-no_nonce")]
    public async Task A_timestamp_is_accepted_and_refused_for_other_data(string hash, string option)
    {
        Tool.Require("openssl");
        var name = $"ts{hash}{option}";
        var data = authority.Save($"{name}.data", authority.Artifact);
        var (query, reply) = (Path.Combine(authority.Folder, $"{name}.tsq"), Path.Combine(authority.Folder, $"{name}.tsr"));
        (await OpensslAsync("ts", "-query", "-data", data, hash, option, "-out", query)).Succeeded();

        using var http = new HttpClient();
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(query, Cancel));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var response = await http.PostAsync(new Uri($"{authority.Url}/api/v1/timestamp"), content, Cancel);
        Assert.Equal("application/timestamp-reply", response.Content.Headers.ContentType?.MediaType);
        await File.WriteAllBytesAsync(reply, await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel), Cancel);

        var chain = TrustedRoot.Parse(authority.Server.TrustedRoot).TimestampAuthorities[0].Chain.Select(c => c.Raw).ToArray();
        string[] trust = ["-CAfile", SaveChain($"{name}.root.pem", chain[^1..]), "-untrusted", SaveChain($"{name}.chain.pem", chain)];
        (await OpensslAsync(["ts", "-verify", "-queryfile", query, "-in", reply, .. trust])).Succeeded();
        (await OpensslAsync(["ts", "-verify", "-data", data, "-in", reply, .. trust])).Succeeded();
        var other = authority.Save($"{name}.other", [1, 2, 3]);
        Assert.NotEqual(0, (await OpensslAsync(["ts", "-verify", "-data", other, "-in", reply, .. trust])).ExitCode);
    }

    [Fact]
    public async Task The_path_of_a_signing_certificate_holds_by_strict_rules()
    {
        Tool.Require("openssl");
        var leaf = Bundle.Parse(await authority.SignAsync(attest: false, Cancel)).Certificates[0];
        var chain = TrustedRoot.Parse(authority.Server.TrustedRoot).CertificateAuthorities[0].Chain.Select(c => c.Raw).ToArray();
        var signer = SaveChain("leaf.pem", leaf);
        string[] trust = ["-x509_strict", "-CAfile", SaveChain("root.pem", chain[^1]), "-untrusted", SaveChain("intermediates.pem", chain[..^1])];
        (await OpensslAsync(["verify", .. trust, signer])).Succeeded();

        var anchor = TrustedRoot.Parse(authority.Server.TrustedRoot).TimestampAuthorities[0].Chain[^1].Raw;
        Assert.NotEqual(0, (await OpensslAsync("verify", "-CAfile", SaveChain("other.pem", anchor), "-untrusted", trust[^1], signer)).ExitCode);

        var text = (await OpensslAsync("x509", "-in", signer, "-noout", "-text")).Succeeded().Output;
        Assert.Contains("Code Signing", text, StringComparison.Ordinal);
        Assert.Contains($"URI:{authority.Identity}", text, StringComparison.Ordinal);
        Assert.Contains("CT Precertificate SCTs", text, StringComparison.Ordinal);
    }
}

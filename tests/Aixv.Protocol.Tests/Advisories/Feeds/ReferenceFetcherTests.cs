using System.Net;
using System.Text;
using Aixv.Protocol.Advisories.Feeds;

namespace Aixv.Protocol.Tests.Advisories.Feeds;

public sealed class ReferenceFetcherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<string> ReadAsync(Func<Uri, HttpResponseMessage> answer, int maximum = 1000)
    {
        using var http = new HttpClient(new FakeWeb(answer));
        return Encoding.UTF8.GetString(await new ReferenceFetcher(http).ReadAsync(FeedReference.Parse("https://feeds.example.org/a/feed.json"), maximum, Cancel));
    }

    private static async Task<string> RefusedAsync(Func<Uri, HttpResponseMessage> answer, int maximum = 1000) =>
        (await Assert.ThrowsAsync<FormatException>(() => ReadAsync(answer, maximum))).Message;

    private static HttpResponseMessage Redirect(string to) => new(HttpStatusCode.Found) { Headers = { Location = new Uri(to, UriKind.RelativeOrAbsolute) } };

    [Fact]
    public async Task A_document_is_read() => Assert.Equal("{}", await ReadAsync(_ => FakeWeb.Json("{}")));

    [Theory]
    [InlineData("http://feeds.example.org/feed.json")]
    [InlineData("ftp://feeds.example.org/feed.json")]
    [InlineData("https://user:secret@feeds.example.org/feed.json")]
    [InlineData("file://host/share/feed.json")]
    public void An_address_that_is_not_plain_https_is_refused(string address) => Assert.Equal(
        "insecure remote reference: only https:// is allowed", Assert.Throws<FormatException>(() => FeedReference.Parse(address)).Message);

    [Theory]
    [InlineData("http://feeds.example.org/other.json", "http://feeds.example.org")]
    [InlineData("https://evil.example/feed.json", "https://evil.example")]
    [InlineData("https://feeds.example.org:8443/feed.json", "https://feeds.example.org:8443")]
    public async Task A_redirect_to_another_scheme_or_host_is_refused(string to, string shown) => Assert.Equal(
        $"https://feeds.example.org/a/feed.json: redirected to {shown}; a feed must stay on https and on its host", await RefusedAsync(_ => Redirect(to)));

    [Fact]
    public async Task A_redirect_on_the_host_is_followed_but_not_for_ever()
    {
        Assert.Equal("{}", await ReadAsync(uri => uri.AbsolutePath == "/b.json" ? FakeWeb.Json("{}") : Redirect("/b.json")));
        Assert.Equal("https://feeds.example.org/a/feed.json: more than 5 redirects", await RefusedAsync(_ => Redirect("/a/feed.json")));
    }

    [Fact]
    public async Task A_page_is_no_feed() => Assert.Equal(
        "https://feeds.example.org/a/feed.json: content type text/html, expected application/json",
        await RefusedAsync(_ => new HttpResponseMessage { Content = new StringContent("<html>", Encoding.UTF8, "text/html") }));

    [Fact]
    public async Task What_is_too_large_is_refused_with_and_without_a_length()
    {
        const string Message = "https://feeds.example.org/a/feed.json: more than 10 bytes, which is the most that is read";
        Assert.Equal(Message, await RefusedAsync(_ => FakeWeb.Json("01234567890"), 10));
        Assert.Equal(Message, await RefusedAsync(_ => new HttpResponseMessage { Content = new StreamContent(new EndlessFeed(1000)) }, 10));
    }

    [Fact]
    public async Task A_server_that_refuses_is_the_worlds_failure()
    {
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(_ => new HttpResponseMessage(HttpStatusCode.NotFound)));
        Assert.Equal("https://feeds.example.org/a/feed.json: the server answered 404 NotFound", e.Message);
    }

    [Fact]
    public void References_resolve_against_their_document()
    {
        var remote = FeedReference.Parse("https://feeds.example.org/a/feed.json");
        Assert.Equal("https://feeds.example.org/a/r/1.json", remote.Resolve("r/1.json").ToString());
        Assert.Equal("https://feeds.example.org/a/feed.json.sigstore.json", remote.Signature().ToString());
        Assert.Equal("insecure remote reference: only https:// is allowed", Assert.Throws<FormatException>(() => remote.Resolve("http://x/1.json")).Message);
        Assert.Equal("a remote feed must not refer to a local file", Assert.Throws<FormatException>(() => remote.Resolve("file:///etc/passwd")).Message);
        Assert.Equal("https://feeds.example.org/etc/passwd", remote.Resolve("/etc/passwd").ToString());
        Assert.Equal(Path.GetFullPath("feeds/r/1.json"), FeedReference.Parse("feeds/feed.json").Resolve("r/1.json").Path);
    }
}

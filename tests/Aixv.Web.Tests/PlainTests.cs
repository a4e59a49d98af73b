using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Aixv.Web.Tests;

/// <summary>What a reader without JavaScript, a link preview and a model card get: by the server alone.</summary>
public sealed partial class PlainTests(Site site, Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex("<script type=\"application/(ld\\+)?json\"[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataBlocks { get; }

    [GeneratedRegex("\\son[a-z]+=|\\sstyle=|<script(?! type=\"module\" src=\"/| src=\"/| type=\"application/)", RegexOptions.IgnoreCase)]
    private static partial Regex Inline { get; }

    [Fact]
    public async Task The_facts_are_there_without_a_script()
    {
        await using var visit = await chromium.OpenAsync(site, script: false);
        await visit.GoAsync($"/artifacts/{World.Affected}");
        foreach (var fact in (string[])["bad/affected", "attested", Signing.Email, World.Affected, "Affected by a recall", "ADV-2026-1", "bad/poisoned", "trained on", "aixv verify"])
        {
            await Expect(visit.Page.Locator("#app")).ToContainTextAsync(fact);
        }

        await visit.PictureAsync("plain-artifact");
        await visit.GoAsync("/");
        await Expect(visit.Page.Locator("#app")).ToContainTextAsync("ADV-2026-1");
        visit.RequireQuiet();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?q=acme")]
    [InlineData("/artifacts/EVIL")]
    [InlineData("/nodes?id=hf%3A%2F%2Fzoo%2Fchild-7")]
    public async Task A_page_says_what_it_is_and_allows_no_inline_code(string path)
    {
        using var response = await site.SendAsync(new HttpRequestMessage(HttpMethod.Get, path.Replace("EVIL", World.Evil, StringComparison.Ordinal)));
        var html = await response.Content.ReadAsStringAsync(Cancel);
        Assert.StartsWith("default-src 'none'; script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var blocks = DataBlocks.Matches(html).Select(m => JsonNode.Parse(m.Groups[2].Value)!).ToList();
        Assert.NotEmpty(blocks);
        Assert.Equal(1, blocks[^1]["version"]!.GetValue<int>());
        Assert.DoesNotMatch(Inline, DataBlocks.Replace(html, "").Replace(WebUtility.HtmlEncode(World.Hostile), "", StringComparison.Ordinal).Replace("&lt;img src=x onerror=", "", StringComparison.Ordinal));
        Assert.Contains("<meta name=\"description\" content=\"", html, StringComparison.Ordinal);
        Assert.Contains("<meta property=\"og:title\" content=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/artifacts/sha256:00")]
    [InlineData("/artifacts/sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/nodes?id=nobody")]
    [InlineData("/nodes")]
    [InlineData("/no/such/page")]
    public async Task Nothing_known_is_a_page_of_its_own(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var response = await site.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Nothing known", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Badges => new()
    {
        { World.Tuned, "attested" },
        { World.Data, "identified" },
        { World.Poisoned, "recalled" },
        { World.Affected, "recalled ancestor" },
        { $"sha256:{new string('0', 64)}", "unknown" },
    };

    [Theory, MemberData(nameof(Badges))]
    public async Task A_badge_says_how_much_is_proved_and_is_kept_for_a_while(string digest, string word)
    {
        using var response = await site.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/badge/{digest}.svg"));
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"{word}</title>", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.InRange(response.Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 1, 300);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/badge/{digest}.svg");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await site.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Scripts_are_compressed_and_kept_for_ever()
    {
        Assert.SkipUnless(site.HasScript, "node is not installed: the pages were built without their script");
        var address = Regex.Match(await site.GetAsync("/"), "<script type=\"module\" src=\"([^\"]+)\"").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var response = await site.SendAsync(request);
        Assert.Equal("br", response.Content.Headers.ContentEncoding.Single());
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.InRange((await response.Content.ReadAsByteArrayAsync(Cancel)).Length, 1, 300_000);
    }
}

using static Microsoft.Playwright.Assertions;

namespace Aixv.Web.Tests;

/// <summary>Names are shown as the text that they are, wherever they appear.</summary>
public sealed class HostileTests(Site site, Chromium chromium)
{
    [Theory]
    [InlineData("home", true)]
    [InlineData("home", false)]
    [InlineData("search", true)]
    [InlineData("search", false)]
    [InlineData("artifact", true)]
    [InlineData("artifact", false)]
    public async Task A_hostile_name_does_nothing(string page, bool script)
    {
        await using var visit = await chromium.OpenAsync(site, script: script);
        await visit.GoAsync(page switch
        {
            "home" => "/",
            "search" => $"/?q={Uri.EscapeDataString(World.Hostile)}",
            _ => $"/artifacts/{World.Evil}",
        });
        await Expect(visit.Page.Locator("body")).ToContainTextAsync("<script>alert(1)</script>");
        await Expect(visit.Page.Locator("img")).ToHaveCountAsync(0);
        Assert.DoesNotContain('\u202E', await visit.Page.Locator("#app").InnerTextAsync());
        Assert.DoesNotContain('\u202E', await visit.Page.TitleAsync());
        await visit.PictureAsync($"hostile-{page}-{(script ? "script" : "plain")}");
        visit.RequireQuiet();
    }
}

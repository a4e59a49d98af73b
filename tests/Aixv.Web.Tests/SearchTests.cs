using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aixv.Web.Tests;

/// <summary>Home and search.</summary>
public sealed class SearchTests(Site site, Chromium chromium)
{
    [Fact]
    public async Task Home_shows_what_there_is_what_came_last_and_what_is_recalled()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync("/");
        await Expect(visit.Page.Locator("#app")).ToContainTextAsync("ADV-2026-1");
        await Expect(visit.Page.Locator("#app")).ToContainTextAsync("zoo/wide");
        await Expect(visit.Page.Locator("#app")).ToContainTextAsync(World.Written(World.Family + 432));
        await visit.PictureAsync("home-1440-light");
        visit.RequireQuiet();
    }

    [Theory]
    [InlineData("acme/tun", "acme/tuned")]
    [InlineData("child-77", "zoo/child-77")]
    [InlineData("release@example.org", "acme/base")]
    public async Task A_model_is_found_by_name_a_word_of_it_or_who_signed(string words, string found)
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync("/");
        await visit.Page.Locator("input[type=search]").First.FillAsync(words);
        await visit.Page.Locator("#app").GetByText(found).First.WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.GoAsync($"/?q={Uri.EscapeDataString(words)}");
        var link = visit.Page.Locator("#app").GetByRole(AriaRole.Link).Filter(new() { HasText = found }).First;
        await link.ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToContainTextAsync(found.Split('/')[1]);
        visit.RequireQuiet();
    }

    [Fact]
    public async Task A_digest_leads_to_its_artifact()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync($"/?q={World.Tuned}");
        await visit.Page.Locator("#app").GetByRole(AriaRole.Link).Filter(new() { HasText = "acme/tuned" }).First.ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/artifacts/{World.Tuned}"));
        visit.RequireQuiet();
    }
}

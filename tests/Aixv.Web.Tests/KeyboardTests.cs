using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aixv.Web.Tests;

/// <summary>Everything can be done without a pointer.</summary>
public sealed class KeyboardTests(Site site, Chromium chromium)
{
    private const int MaximumStops = 60;

    private static Task<string> FocusedAsync(IPage page) =>
        page.EvaluateAsync<string>("() => { const e = document.activeElement; return (e?.getAttribute('aria-label') ?? '') + ' ' + (e?.textContent ?? '').trim().slice(0, 60); }");

    private static async Task TabToAsync(IPage page, Func<string, bool> wanted)
    {
        for (var i = 0; i < MaximumStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (wanted(await FocusedAsync(page)))
            {
                return;
            }
        }

        Assert.Fail("it is not reached with the Tab key");
    }

    [Fact]
    public async Task From_search_to_a_node_s_panel_by_keys_alone()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync("/");
        await TabToAsync(visit.Page, text => text.StartsWith("Search", StringComparison.Ordinal));
        await visit.Page.Keyboard.TypeAsync("acme/tuned");
        await visit.Page.Locator("#app").GetByRole(AriaRole.Link).Filter(new() { HasText = "acme/tuned" }).First.WaitForAsync();
        await TabToAsync(visit.Page, text => text.Trim() == "acme/tuned");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("h1")).ToContainTextAsync("acme/tuned");
        await visit.Page.Locator("svg.drawing .node").First.WaitForAsync();
        await TabToAsync(visit.Page, text => text.Contains("acme/tuned,", StringComparison.Ordinal));
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        var reached = await FocusedAsync(visit.Page);
        Assert.DoesNotContain("acme/tuned,", reached, StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Enter");
        var name = reached.Split(',')[0].Trim();
        await Expect(visit.Page.Locator("aside.panel h2")).ToContainTextAsync(name.Split('…')[0]);
        visit.RequireQuiet();
    }
}

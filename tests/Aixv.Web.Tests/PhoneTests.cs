using Microsoft.Playwright;

namespace Aixv.Web.Tests;

/// <summary>Every page at the widths and in the colours that people have, kept as pictures; nothing sticks out of a phone.</summary>
public sealed class PhoneTests(Site site, Chromium chromium)
{
    public static TheoryData<int, bool> Looks => new() { { 360, false }, { 360, true }, { 1024, false }, { 1440, true } };

    [Theory, MemberData(nameof(Looks))]
    public async Task Nothing_is_wider_than_the_window(int width, bool dark)
    {
        await using var visit = await chromium.OpenAsync(site, width, width < 500 ? 740 : 800, dark: dark);
        foreach (var (name, path) in ((string, string)[])[("home", "/"), ("search", "/?q=acme"), ("artifact", $"/artifacts/{World.Tuned}"), ("recalled", $"/artifacts/{World.Affected}"), ("described", "/nodes?id=hf%3A%2F%2Fzoo%2Fchild-7")])
        {
            await visit.GoAsync(path);
            var scroll = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            Assert.True(scroll <= width, $"{name} is {scroll} wide in a window of {width}");
            await visit.PictureAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
        }

        visit.RequireQuiet();
    }

    [Fact]
    public async Task A_tap_on_a_phone_opens_a_node()
    {
        await using var visit = await chromium.OpenAsync(site, 360, 740);
        await visit.GoAsync($"/artifacts/{World.Tuned}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await visit.Page.Locator(".table-view").GetByText("acme/base").First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator("aside.panel h2")).ToContainTextAsync("acme/base");
        visit.RequireQuiet();
    }
}

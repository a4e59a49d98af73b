using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aixv.Web.Tests;

/// <summary>An artifact's page: the graph, the panel of a node, recalls, and big families.</summary>
public sealed class GraphTests(Site site, Chromium chromium)
{
    private static ILocator Node(Visit visit, string id) => visit.Page.Locator($"svg.drawing [data-id='{id}']");

    [Fact]
    public async Task A_model_s_page_draws_what_it_was_made_of_and_the_panel_says_what_is_known()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync($"/artifacts/{World.Tuned}");
        foreach (var id in (string[])[World.Tuned, World.Base, World.Data, World.Packed])
        {
            await Node(visit, id).WaitForAsync();
        }

        await Expect(Node(visit, World.Base)).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("attested"));
        await Expect(Node(visit, World.Data)).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("identified"));
        await visit.PictureAsync("artifact-1440-light");
        await Node(visit, World.Base).ClickAsync();
        var panel = visit.Page.Locator("aside.panel");
        await Expect(panel).ToContainTextAsync("acme/base");
        await Expect(panel).ToContainTextAsync(Signing.Email);
        await Expect(panel).ToContainTextAsync("aixv verify");
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "Bundle" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/v1/attestations/.*/bundle$"));
        visit.RequireQuiet();
    }

    [Fact]
    public async Task A_slug_is_an_address_of_the_model()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync("/?dataset=acme-tuned");
        await Expect(visit.Page.Locator("h1")).ToContainTextAsync("acme/tuned");
        await visit.GoAsync("/?dataset=nobody-nothing", 404);
        await Expect(visit.Page.Locator("#app")).ToContainTextAsync("nobody-nothing");
    }

    [Fact]
    public async Task A_recall_is_marked_on_the_named_and_on_what_was_made_of_it_with_the_path()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync($"/artifacts/{World.Affected}");
        await Node(visit, World.Poisoned).WaitForAsync();
        await Expect(visit.Page.Locator(".warning")).ToContainTextAsync("ADV-2026-1");
        await Expect(visit.Page.Locator("svg.drawing .node-recalled")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("svg.drawing .node-affected")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("svg.drawing .edge-path")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("aside.panel")).ToContainTextAsync("bad/poisoned");
        await visit.PictureAsync("recalled-1440-light");
        visit.RequireQuiet();
    }

    [Fact]
    public async Task A_family_of_100_000_opens_as_a_group_that_opens_page_by_page_and_stays_open_after_a_reload()
    {
        await using var visit = await chromium.OpenAsync(site);
        var started = TimeProvider.System.GetTimestamp();
        await visit.Page.GotoAsync($"/artifacts/{World.Big}");
        var group = visit.Page.Locator("svg.drawing .group").First;
        await group.WaitForAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 15);
        await Expect(group).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex(World.Written(World.Family - 12)));
        var before = await visit.Page.Locator("svg.drawing .node").CountAsync();
        await group.ClickAsync();
        await Expect(visit.Page.Locator("svg.drawing .node")).ToHaveCountAsync(before + 50);
        await visit.PictureAsync("family-1440-light");
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("svg.drawing .node")).ToHaveCountAsync(before + 50);
        visit.RequireQuiet();
    }

    [Fact]
    public async Task Back_and_reload_keep_what_was_looked_at()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync($"/artifacts/{World.Tuned}");
        await Node(visit, World.Base).ClickAsync();
        await Expect(visit.Page.Locator("aside.panel h2")).ToContainTextAsync("acme/base");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await visit.Page.Locator(".table-view table").WaitForAsync();
        await visit.Page.ReloadAsync();
        await visit.Page.Locator(".table-view table").WaitForAsync();
        await Expect(visit.Page.Locator("aside.panel h2")).ToContainTextAsync("acme/base");
        await visit.PictureAsync("table-1440-light");
        await visit.Page.GoBackAsync();
        await Node(visit, World.Tuned).WaitForAsync();
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.Locator("aside.panel h2")).ToContainTextAsync("acme/tuned");
        visit.RequireQuiet();
    }
}

using Deque.AxeCore.Playwright;

namespace Aixv.Web.Tests;

/// <summary>axe finds no serious fault on any page, in either colours, with and without the table.</summary>
public sealed class AccessibilityTests(Site site, Chromium chromium)
{
    public static TheoryData<string, bool> Pages => new()
    {
        { "/", true },
        { "/?q=acme", false },
        { $"/artifacts/{World.Tuned}", false },
        { $"/artifacts/{World.Tuned}", true },
        { $"/artifacts/{World.Affected}", false },
        { $"/artifacts/{World.Tuned}?view=table", false },
        { "/nodes?id=hf%3A%2F%2Fzoo%2Fchild-7", false },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task No_serious_fault(string path, bool dark)
    {
        await using var visit = await chromium.OpenAsync(site, dark: dark);
        await visit.GoAsync(path);
        var found = await visit.Page.RunAxe();
        Assert.Empty(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help}: {v.Nodes[0].Html}"));
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aixv.Web.Tests;

/// <summary>The button that checks the proofs in the browser believes what holds, and nothing that was changed on the way.</summary>
public sealed class ProofTests(Site site, Chromium chromium)
{
    private async Task<(Visit Visit, ILocator Verdict)> CheckAsync(Func<IPage, Task>? before = null)
    {
        var visit = await chromium.OpenAsync(site);
        await visit.GoAsync($"/artifacts/{World.Tuned}");
        if (before is not null)
        {
            await before(visit.Page);
        }

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check the proofs here" }).First.ClickAsync();
        return (visit, visit.Page.Locator(".proof .verdict").First);
    }

    [Fact]
    public async Task What_was_signed_and_logged_holds()
    {
        var (visit, verdict) = await CheckAsync();
        await using var _ = visit;
        await Expect(verdict).ToHaveAttributeAsync("data-outcome", "passed");
        await Expect(visit.Page.Locator(".check-failed")).ToHaveCountAsync(0);
        await visit.PictureAsync("proofs-1440-light");
        visit.RequireQuiet();
    }

    [Theory]
    [InlineData("payload")]
    [InlineData("signature")]
    [InlineData("inclusion proof")]
    public async Task A_changed_bundle_fails(string what)
    {
        var (visit, verdict) = await CheckAsync(page => page.RouteAsync("**/v1/attestations/*/bundle", route => ForgeAsync(route, bundle => Forge(bundle, what))));
        await using var _ = visit;
        await Expect(verdict).ToHaveAttributeAsync("data-outcome", "failed");
    }

    [Fact]
    public async Task A_changed_receipt_fails()
    {
        var (visit, verdict) = await CheckAsync(page => page.RouteAsync("**/proof-bundle", route => ForgeAsync(route, receipt => Swap(receipt, "statement"))));
        await using var _ = visit;
        await Expect(verdict).ToHaveAttributeAsync("data-outcome", "failed");
    }

    private static async Task ForgeAsync(IRoute route, Action<JsonNode> change)
    {
        var response = await route.FetchAsync();
        var json = JsonNode.Parse(await response.BodyAsync())!;
        change(json);
        await route.FulfillAsync(new RouteFulfillOptions { Response = response, BodyBytes = Encoding.UTF8.GetBytes(json.ToJsonString()) });
    }

    private static void Forge(JsonNode bundle, string what)
    {
        var proof = bundle["verificationMaterial"]!["tlogEntries"]![0]!["inclusionProof"]!;
        switch (what)
        {
            case "payload":
                Swap(bundle["dsseEnvelope"]!, "payload");
                break;
            case "signature":
                Swap(bundle["dsseEnvelope"]!["signatures"]![0]!, "sig");
                break;
            default:
                Swap(proof, "rootHash");
                break;
        }
    }

    /// <summary>Changes one bit in the middle of base64 bytes.</summary>
    private static void Swap(JsonNode owner, string name)
    {
        var bytes = Convert.FromBase64String(owner[name]!.GetValue<string>());
        bytes[bytes.Length / 2] ^= 1;
        owner[name] = Convert.ToBase64String(bytes);
    }
}

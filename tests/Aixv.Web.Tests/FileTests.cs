using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aixv.Web.Tests;

/// <summary>A file's digest is computed in the browser and looked up; the file stays where it is.</summary>
public sealed class FileTests(Site site, Chromium chromium)
{
    private const string Drop = """
        (target, bytes) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], 'tuned.safetensors'));
          for (const type of ['dragenter', 'dragover', 'drop']) {
            target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
          }
        }
        """;

    [Fact]
    public async Task A_dropped_file_is_found_by_its_digest_and_not_uploaded()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync("/");
        var sent = new List<string>();
        visit.Page.Request += (_, request) => sent.Add($"{request.Method} {request.PostDataBuffer?.Length ?? 0}");
        await visit.Page.Locator("body").EvaluateAsync($"(target, bytes) => ({Drop})(target, bytes)", World.TunedFile.Select(b => (int)b).ToArray());
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("acme/tuned");
        Assert.All(sent, request => Assert.Equal("GET 0", request));
        await visit.PictureAsync("file-1440-light");
        visit.RequireQuiet();
    }

    [Fact]
    public async Task A_chosen_file_that_nobody_knows_is_said_to_be_unknown()
    {
        await using var visit = await chromium.OpenAsync(site);
        await visit.GoAsync("/");
        await visit.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "other.bin", MimeType = "application/octet-stream", Buffer = new byte[3_000_000] });
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("knows nothing of this digest");
    }
}

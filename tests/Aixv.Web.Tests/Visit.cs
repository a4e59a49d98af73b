using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Aixv.Web.Tests;

/// <summary>A window at work: notes what its console complains of and what it asks other hosts.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string Screenshots = Path.Combine(Root(), "artifacts", "screenshots");
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> elsewhere = new();
    private readonly bool hasScript;

    public Visit(IPage page, Uri site, bool hasScript)
    {
        this.hasScript = hasScript;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", complaints, $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) => Note(!IsOf(request.Url, site), elsewhere, request.Url);
        page.Dialog += (_, dialog) =>
        {
            complaints.Enqueue($"a dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    private static void Note(bool isWorthIt, ConcurrentQueue<string> list, string text)
    {
        if (isWorthIt)
        {
            list.Enqueue(text);
        }
    }

    private static bool IsOf(string url, Uri site) => url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal)
        || (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Authority == site.Authority);

    /// <summary>Opens an address of the site and waits until the script, where there is one, has taken the page over.</summary>
    public async Task GoAsync(string path, int status = 200)
    {
        var response = await Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        Assert.Equal(status, response!.Status);
        if (hasScript)
        {
            await Page.Locator("#top a.mark").WaitForAsync();
        }
    }

    /// <summary>Keeps a picture beside the results of the tests.</summary>
    public async Task PictureAsync(string name)
    {
        Directory.CreateDirectory(Screenshots);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }

    /// <summary>The console said nothing, and no other host was asked for anything.</summary>
    public void RequireQuiet()
    {
        Assert.Empty(complaints);
        Assert.Empty(elsewhere);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

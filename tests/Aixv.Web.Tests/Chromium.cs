using Microsoft.Playwright;

namespace Aixv.Web.Tests;

/// <summary>The browser of this machine; none is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private const float Patience = 15_000; // milliseconds
    private IPlaywright? playwright;
    private IBrowser? browser;

    private static string? Program => Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is { } program)
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        }
    }

    /// <summary>A new window of its own, with nothing kept from others.</summary>
    internal async Task<Visit> OpenAsync(Site site, int width = 1440, int height = 900, bool script = true, bool dark = false)
    {
        Assert.SkipUnless(browser is not null, "chromium is not installed");
        Assert.SkipUnless(site.HasScript || !script, "node is not installed: the pages were built without their script");
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.Url.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = script,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return new Visit(await context.NewPageAsync(), site.Url, script);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace Aixv.Authority.Tests.Identity;

/// <summary>A person's browser: keeps cookies, follows no redirect, fills in forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient http;

    public Browser(TestAuthority authority) =>
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = authority.Http.BaseAddress };

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""")]
    private static partial Regex HiddenFields();

    public Task<HttpResponseMessage> OpenAsync(string address) => http.GetAsync(address, TestContext.Current.CancellationToken);

    /// <summary>Sends the form of <paramref name="page"/> with its hidden fields and these.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(HttpResponseMessage page, string action, params (string Name, string Value)[] fields)
    {
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"action=\"{action}\"", html, StringComparison.Ordinal);
        var hidden = HiddenFields().Matches(html).Select(m => (m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)));
        var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await http.PostAsync(action, content, TestContext.Current.CancellationToken);
    }

    public void Dispose() => http.Dispose();
}

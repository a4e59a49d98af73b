using System.Net;
using System.Text.RegularExpressions;

namespace Aixv.Authority.Tests.Signing;

/// <summary>A person with a browser who fills in the Authority's forms.</summary>
internal sealed partial class TestPerson(TestAuthority authority)
{
    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\">")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]+)\">")]
    private static partial Regex FormAction();

    /// <summary>Opens <paramref name="url"/>, signs in with the first account, follows where that leads, and says what was shown last.</summary>
    internal async Task<string> SignInAsync(Uri url, params (string Name, string Value)[] further)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        var page = await browser.GetStringAsync(url, TestContext.Current.CancellationToken);
        var fields = HiddenField().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        fields["user"] = authority.Accounts.UserName;
        fields["password"] = authority.Accounts.UserPassword;
        foreach (var (name, value) in further)
        {
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var response = await browser.PostAsync(new Uri(url, FormAction().Match(page).Groups["action"].Value), content, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}

using System.Net;
using Aixv.Authority.Identity;

namespace Aixv.Authority.Tests.Identity;

public sealed class AccountsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aixv-accounts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Accounts_are_kept_without_their_passwords_in_a_file_for_the_owner_alone()
    {
        var secret = Accounts.Open(folder).AddMachine("ci", "https://ci.example/builds");
        var password = Accounts.Open(folder).AddUser("ada", "ada@example.org", "a long password");

        var text = File.ReadAllText(Path.Combine(folder, "accounts.json"));
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, text, StringComparison.Ordinal);
        Assert.Equal(
            [new AccountSummary("ada", "user", "ada@example.org", null), new AccountSummary("ci", "machine", null, "https://ci.example/builds")],
            Accounts.Open(folder).List());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "accounts.json")));
        }
    }

    [Theory]
    [InlineData("bad name", "a@b.c", "long enough password")]
    [InlineData("", "a@b.c", "long enough password")]
    [InlineData("ada", "no address", "long enough password")]
    [InlineData("ada", "a@b.c", "short")]
    public void Bad_names_addresses_and_passwords_are_refused(string name, string email, string password) =>
        Assert.Throws<FormatException>(() => Accounts.Open(folder).AddUser(name, email, password));

    [Fact]
    public void A_name_is_given_once_until_it_is_removed()
    {
        var accounts = Accounts.Open(folder);
        accounts.AddMachine("ci");
        Assert.Throws<FormatException>(() => accounts.AddMachine("ci"));
        Assert.True(accounts.Remove("ci"));
        Assert.False(accounts.Remove("ci"));
        accounts.AddMachine("ci");
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        File.WriteAllText(Path.Combine(folder, "accounts.json"), """{"accounts":[{"name":"x","kind":"robot","hash":""}]}""");
        var error = Assert.Throws<IOException>(() => Accounts.Open(folder));
        Assert.Contains("accounts.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("robot", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_Authority_sees_a_new_account()
    {
        await using var authority = await TestAuthority.StartAsync();
        var secret = Accounts.Open(authority.Folder).AddMachine("late");
        using var response = await authority.PostFormAsync(
            "/oidc/token", ("grant_type", "client_credentials"), ("client_id", "late"), ("client_secret", secret));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("pbkdf2-sha512$1$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("pbkdf2-sha512$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("pbkdf2-sha512$99999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("pbkdf2-sha512$1$AAAAAAAAAAAAAAAAAAAAAA==$")]
    [InlineData("md5$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==")]
    public void Weak_or_malformed_hashes_are_not_read(string text) => Assert.False(PasswordHash.TryParse(text, out _));

    [Fact]
    public void A_hash_matches_its_password_only_also_after_writing_and_reading()
    {
        Assert.True(PasswordHash.TryParse(PasswordHash.Of("secret", 10).ToString(), out var hash));
        Assert.True(hash.Matches("secret"));
        Assert.False(hash.Matches("Secret"));
    }
}

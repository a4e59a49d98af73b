using System.Security.Cryptography;
using Aixv.Authority.Hosting;
using Aixv.Authority.Identity;

[assembly: AssemblyFixture(typeof(Aixv.Cli.Tests.PrivateInstance))]

namespace Aixv.Cli.Tests;

/// <summary>A real Authority on a free port, for all tests that sign.</summary>
public sealed class PrivateInstance : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("aixv-authority-").FullName;

    private readonly HashSet<string> users = [];

    public AuthorityServer Server { get; private set; } = null!;

    public string Issuer => Server.Url.AbsoluteUri.TrimEnd('/');

    public string Identity => $"{Issuer}/machines/{Server.InitialAccounts!.MachineName}";

    public string Token => Server.IssueToken(Server.InitialAccounts!.MachineName);

    /// <summary>A token of the user with this address, who is made at the first call.</summary>
    public string TokenOf(string email)
    {
        var name = email.Split('@')[0];
        lock (users)
        {
            if (users.Add(name))
            {
                Accounts.Open(data).AddUser(name, email);
            }
        }

        return Server.IssueToken(name);
    }

    public string Repository => $"{Issuer}/tuf";

    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Server.TufRoot));

    public string TrustConfig => Server.ClientTrustConfigPath;

    public async ValueTask InitializeAsync() =>
        Server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = data, Port = 0 }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}

using Aixv.Authority.Issuance;
using Aixv.Authority.Keys;
using Aixv.Authority.RekorLog;
using Aixv.Authority.Repository;
using Aixv.Authority.Storage;
using Aixv.Authority.Timestamping;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Hosting;

/// <summary>A locked data folder with its keys and register: what serving and rotating both start from.</summary>
internal sealed record AuthorityState(AuthorityOptions Options, string Url, DataFolder Data, KeyFolder Keys, ServiceRegister Register)
{
    private static readonly ServiceRole[] Roles = Enum.GetValues<ServiceRole>();

    /// <summary>The URL's host name: the logs' origin.</summary>
    public string Host => new Uri(Url).Host;

    /// <summary>Locks the folder and reads it. Without a URL the logs' host name is taken, which is all that rotating needs.</summary>
    /// <exception cref="IOException">In use, unreadable or damaged.</exception>
    /// <exception cref="ArgumentException">The options' URL is not usable.</exception>
    public static AuthorityState Open(AuthorityOptions options)
    {
        var data = DataFolder.Open(options.DataFolder);
        try
        {
            var register = ServiceRegister.Open(data);
            var url = CheckUrl(options.Url ?? $"http://{register.Current(ServiceRole.Rekor)?.Origin ?? "localhost"}");
            return new AuthorityState(options, url, data, new KeyFolder(data), register);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private static string CheckUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
        && !url.EndsWith('/')
            ? url
            : throw new ArgumentException($"the base URL '{url}' is not scheme://host[:port] without a path or trailing slash (http or https)", nameof(url));

    /// <summary>Makes the first generation of every service that has none.</summary>
    public void CreateMissing()
    {
        foreach (var role in Roles.Where(r => Register.Current(r) is null))
        {
            Add(role);
        }
    }

    /// <summary>Starts a new generation of a service and ends the one before.</summary>
    public void Add(ServiceRole role)
    {
        var now = Options.Time.GetUtcNow();
        now -= TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerSecond);
        var number = Register.NextNumber(role);
        Register.Add(Create(role, number, now), EndOf(role, now));
    }

    private ServiceGeneration Create(ServiceRole role, int number, DateTimeOffset now) => role switch
    {
        ServiceRole.Oidc => CreateTokenKey(number, now),
        ServiceRole.CertificateAuthority => CertificateAuthority.Create(number, Options.Operator, Keys, now),
        ServiceRole.CtLog => CtLog.Create(number, Host, Keys, now),
        ServiceRole.Rekor => RekorTree.Create(number, Host, Keys, now),
        ServiceRole.TimestampAuthority => TimestampAuthority.Create(number, Options.Operator, Keys, now),
        ServiceRole.Tuf => TufKeys.Create(number, Keys, now),
    };

    private ServiceGeneration CreateTokenKey(int number, DateTimeOffset now)
    {
        using var key = Keys.LoadOrCreate(ServiceGeneration.NameOf(ServiceRole.Oidc, number), KeyAlgorithm.EcdsaP256);
        return new ServiceGeneration { Role = ServiceRole.Oidc, Number = number, PublicKey = key.PublicKey, Start = now };
    }

    /// <summary>When the service that is replaced at <paramref name="now"/> was last good: a CA's leaves live on after it.</summary>
    private static DateTimeOffset EndOf(ServiceRole role, DateTimeOffset now) =>
        now + (role == ServiceRole.CertificateAuthority ? CertificateAuthority.LeafLifetime : TimeSpan.FromSeconds(1));

    /// <summary>A log's origin cannot change, so the host name cannot without a new log.</summary>
    /// <exception cref="IOException">It did.</exception>
    public void RequireSameHost()
    {
        var origin = Register.Current(ServiceRole.Rekor)!.Origin;
        if (origin != Host)
        {
            throw new IOException(
                $"the log in {Data.Path} was made for the host '{origin}', but the base URL's host is '{Host}': use the old URL, or rotate the services 'rekor' and 'ctlog' with the new one");
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Aixv.Track.Hosting;

namespace Aixv.Track.Webhooks;

/// <summary>Where webhooks may lead: to the public internet over https. What is behind this server's own walls is not for tenants to reach.</summary>
internal static class WebhookAddress
{
    private const int MaximumUrl = 2048;

    private static readonly IPNetwork[] Private =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(text => IPNetwork.Parse(text)),
    ];

    /// <param name="allowPrivate">Whether http and private addresses are allowed.</param>
    /// <exception cref="ApiError">Not an address that deliveries go to.</exception>
    public static Uri Parse(string text, bool allowPrivate)
    {
        if (text.Length > MaximumUrl || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0
            || !(url.Scheme == Uri.UriSchemeHttps || (allowPrivate && url.Scheme == Uri.UriSchemeHttp)))
        {
            throw ApiError.InvalidInput("url", allowPrivate ? "expected an http or https address without user and fragment" : "expected an https address without user and fragment");
        }

        return !allowPrivate && IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !IsPublic(address)
            ? throw ApiError.InvalidInput("url", "is a private address; the setting allow_private_webhooks permits these")
            : url;
    }

    public static bool IsPublic(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? IsPublic(address.MapToIPv4()) : !Private.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));

    /// <summary>Connects; the name is resolved here and nowhere else, so that what was checked is what is connected to.</summary>
    /// <exception cref="HttpRequestException">The name leads to a private address.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = addresses.Where(address => allowPrivate || IsPublic(address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"{target.Host} leads to private addresses only");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

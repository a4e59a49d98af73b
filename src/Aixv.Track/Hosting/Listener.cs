using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aixv.Track.Hosting;

/// <summary>The socket that a server listens on.</summary>
internal static class Listener
{
    /// <summary>The socket is bound before anything else: a free port must be known before the URL is, and a taken one is found at once.</summary>
    public static Socket Bind(TrackOptions options)
    {
        var address = options.Host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            var text => IPAddress.TryParse(text, out var parsed)
                ? parsed
                : throw new ArgumentException($"cannot listen on '{text}': give localhost, * or an IP address", nameof(options)),
        };
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, options.Port));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"cannot listen on {options.Host}:{options.Port.ToString(CultureInfo.InvariantCulture)}: {e.Message}", e);
        }
    }

    public static string UrlOf(string host, int port)
    {
        var name = host switch
        {
            "*" => "localhost",
            _ when host.Contains(':', StringComparison.Ordinal) => $"[{host}]",
            _ => host,
        };
        return $"http://{name}:{port.ToString(CultureInfo.InvariantCulture)}";
    }
}

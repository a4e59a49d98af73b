using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aixv.Track.Hosting;

/// <summary>The socket that a server listens on.</summary>
public static class Listener
{
    /// <summary>The socket is bound before anything else: a free port must be known before the URL is, and a taken one is found at once.</summary>
    /// <param name="host"><c>localhost</c>, <c>*</c>, or an IP address.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    /// <exception cref="ArgumentException">No such host.</exception>
    public static Socket Bind(string host, int port)
    {
        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            var text => IPAddress.TryParse(text, out var parsed)
                ? parsed
                : throw new ArgumentException($"host: cannot listen on '{text}': give localhost, * or an IP address", nameof(host)),
        };
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"cannot listen on {host}:{port.ToString(CultureInfo.InvariantCulture)}: {e.Message}", e);
        }
    }

    /// <summary>The address for clients of this machine.</summary>
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

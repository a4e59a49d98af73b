using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aixv.Sigstore.Oidc;

/// <summary>A one-purpose HTTP server on a random loopback port that waits for the browser to come back (RFC 8252 §7.3).</summary>
internal sealed class LoopbackListener : IDisposable
{
    private const string Path = "/callback";
    private const int MaximumHead = 16 * 1024;
    private static readonly TimeSpan HeadLimit = TimeSpan.FromSeconds(10);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    internal LoopbackListener() => listener.Start(16);

    internal Uri RedirectUri => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}{Path}");

    public void Dispose() => listener.Dispose();

    /// <summary>The query of the first call that <paramref name="accept"/> takes; all others are answered and forgotten.</summary>
    /// <param name="accept">Null to take the call; else the sentence shown for why not.</param>
    internal async Task<IReadOnlyDictionary<string, string>> WaitAsync(
        Func<IReadOnlyDictionary<string, string>, string?> accept, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calls = new List<Task<IReadOnlyDictionary<string, string>?>>();
        var next = listener.AcceptTcpClientAsync(stop.Token).AsTask();
        try
        {
            // Side by side, for browsers also open connections on which they say nothing for a long time.
            while (true)
            {
                var first = await Task.WhenAny([next, .. calls]).ConfigureAwait(false);
                if (first == next)
                {
                    calls.Add(AnswerAsync(await next.ConfigureAwait(false), accept, stop.Token));
                    next = listener.AcceptTcpClientAsync(stop.Token).AsTask();
                    continue;
                }

                var call = calls.Single(c => c == first);
                calls.Remove(call);
                if (await call.ConfigureAwait(false) is { } query)
                {
                    return query;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([.. calls, next]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Null for a call that is not the one, or broke off.</summary>
    private static async Task<IReadOnlyDictionary<string, string>?> AnswerAsync(
        TcpClient client, Func<IReadOnlyDictionary<string, string>, string?> accept, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                return await AnswerAsync(client.GetStream(), accept, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                return null;
            }
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>?> AnswerAsync(
        NetworkStream stream, Func<IReadOnlyDictionary<string, string>, string?> accept, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HeadLimit);
        var target = await ReadTargetAsync(stream, limit.Token).ConfigureAwait(false);
        if (target is null || !target.StartsWith(Path + "?", StringComparison.Ordinal))
        {
            await WriteAsync(stream, "404 Not Found", "There is nothing here.", limit.Token).ConfigureAwait(false);
            return null;
        }

        var query = ParseQuery(target[(Path.Length + 1)..]);
        if (accept(query) is { } objection)
        {
            await WriteAsync(stream, "400 Bad Request", objection, limit.Token).ConfigureAwait(false);
            return null;
        }

        var done = query.ContainsKey("error") ? "Signing in failed. See the terminal." : "Signed in. You can close this page.";
        await WriteAsync(stream, "200 OK", done, limit.Token).ConfigureAwait(false);
        return query;
    }

    /// <summary>The request target of a GET, once the whole head is read; null for anything else.</summary>
    private static async Task<string?> ReadTargetAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumHead];
        var length = 0;
        while (length < buffer.Length && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        var head = Encoding.Latin1.GetString(buffer, 0, length);
        return head.Split("\r\n")[0].Split(' ') is ["GET", var target, _] && head.Contains("\r\n\r\n", StringComparison.Ordinal) ? target : null;
    }

    private static Dictionary<string, string> ParseQuery(string query)
    {
        var fields = new Dictionary<string, string>();
        foreach (var field in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = field.Split('=', 2);
            fields[Decode(parts[0])] = parts.Length == 2 ? Decode(parts[1]) : "";
        }

        return fields;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static async Task WriteAsync(NetworkStream stream, string status, string text, CancellationToken cancellationToken)
    {
        var page = Encoding.UTF8.GetBytes(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>aixv</title>"
            + "<body style=\"font:1.2rem sans-serif;margin:15vh auto;max-width:30rem\">"
            + $"<p>{WebUtility.HtmlEncode(text)}</p></body></html>");
        var head = $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {page.Length}\r\n"
            + "Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
            + "Referrer-Policy: no-referrer\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. page], cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}

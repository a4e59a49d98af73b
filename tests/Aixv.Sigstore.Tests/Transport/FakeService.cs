using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aixv.Sigstore.Tests.Transport;

/// <summary>A service on a loopback port that answers what a test tells it to, and remembers what it was asked.</summary>
internal sealed class FakeService : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<FakeRequest, FakeAnswer> answer;

    internal FakeService(Func<FakeRequest, FakeAnswer> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = ServeAsync();
    }

    internal Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>The issuer's name: the URL without its final slash.</summary>
    internal string Origin => Url.AbsoluteUri.TrimEnd('/');

    internal ConcurrentQueue<FakeRequest> Requests { get; } = new();

    /// <summary>A service that gives these answers in turn, and the last one for ever.</summary>
    internal static FakeService Answering(params FakeAnswer[] answers)
    {
        var next = -1;
        return new FakeService(_ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
    }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream);
                Requests.Enqueue(request);
                var reply = answer(request);
                if (reply.Status == 0)
                {
                    return;
                }

                var head = new StringBuilder($"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\nContent-Length: {reply.DeclaredLength ?? reply.Body.Length}\r\n");
                foreach (var (name, value) in reply.Headers)
                {
                    head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
                await stream.WriteAsync(reply.Body);
            }
            catch (IOException)
            {
            }
        }
    }

    private static async Task<FakeRequest> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            await stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body);
        var start = lines[0].Split(' ');
        return new FakeRequest(start[0], start[1], headers, body);
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Aixv.Track.Webhooks;

/// <summary>Sends one delivery: signed, without redirects, and without a look at what the answer says beyond its status.</summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] SignatureHeaders = ["X-Aixv-Signature", "X-Truthlocks-Signature", "X-Truthlock-Signature"];
    private readonly HttpClient http;
    private readonly TimeProvider time;

    public WebhookSender(bool allowPrivate, TimeProvider time)
    {
        this.time = time;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancellationToken) => WebhookAddress.ConnectAsync(context.DnsEndPoint, allowPrivate, cancellationToken),
        })
        {
            Timeout = Patience,
        };
    }

    /// <summary><c>t=UNIX,v1=HEX</c>: HMAC-SHA256 of time, dot and body.</summary>
    public static string Sign(byte[] secret, long unixTime, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{unixTime}.")));
        hmac.AppendData(body);
        return string.Create(CultureInfo.InvariantCulture, $"t={unixTime},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
    }

    /// <returns>Null when it was taken; else why not, for the tenant.</returns>
    public async Task<string?> SendAsync(Uri url, string name, string id, byte[] secret, byte[] body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("aixv-track");
        request.Headers.Add("X-Aixv-Event", name);
        request.Headers.Add("X-Aixv-Delivery", id);
        request.Headers.Add("X-Aixv-Timestamp", now.ToString(CultureInfo.InvariantCulture));
        foreach (var header in SignatureHeaders)
        {
            request.Headers.Add(header, Sign(secret, now, body));
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"answered {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"not reached: {e.HttpRequestError}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds} s";
        }
    }

    public void Dispose() => http.Dispose();
}

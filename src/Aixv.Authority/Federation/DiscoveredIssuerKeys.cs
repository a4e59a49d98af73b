using System.Net;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Json;
using Microsoft.IdentityModel.Tokens;

namespace Aixv.Authority.Federation;

/// <summary>Keys found by OpenID Connect Discovery, kept for an hour, and asked for again, at most once a minute, when a token names an unknown one.</summary>
internal sealed class DiscoveredIssuerKeys(string issuer, HttpClient http, TimeProvider time) : IssuerKeys, IDisposable
{
    public const int MaximumBytes = 1024 * 1024;
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim gate = new(1);
    private volatile IReadOnlyList<SecurityKey> keys = [];
    private DateTimeOffset fetchedAt = DateTimeOffset.MinValue;
    private DateTimeOffset triedAt = DateTimeOffset.MinValue;
    private string failure = "";

    public override async ValueTask<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var wanted = now - fetchedAt > Freshness || !keys.Any(k => k.KeyId == keyId);
            if (wanted && now - triedAt > LeastInterval)
            {
                triedAt = now;
                await FetchAsync(now, cancellationToken);
            }

            return keys.Count > 0
                ? keys
                : throw new ApiError(HttpStatusCode.ServiceUnavailable, GrpcCode.Unavailable, $"the keys of issuer {issuer} cannot be had: {failure}");
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>On failure the keys in hand stay.</summary>
    private async Task FetchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var document = ProtoObject.Parse(await GetAsync($"{issuer.TrimEnd('/')}/.well-known/openid-configuration", cancellationToken), MaximumBytes);
            if (document.RequiredText("issuer") is var named && named != issuer)
            {
                throw new FormatException($"the discovery document is of '{named}'");
            }

            keys = Parse(await GetAsync(document.RequiredText("jwks_uri"), cancellationToken));
            fetchedAt = now;
        }
        catch (Exception e) when (e is HttpRequestException or FormatException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            failure = e.Message;
        }
    }

    private async Task<byte[]> GetAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != new Uri(issuer).Scheme))
        {
            throw new FormatException($"'{url}' is no https URL");
        }

        return await http.GetByteArrayAsync(uri, cancellationToken);
    }

    public void Dispose() => gate.Dispose();
}

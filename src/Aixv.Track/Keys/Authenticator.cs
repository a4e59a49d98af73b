using Aixv.Track.Hosting;
using Aixv.Track.Tenants;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Keys;

/// <summary>Finds out who makes a request: by <c>X-API-Key</c>, <c>Authorization: ApiKey</c>, or <c>Authorization: Bearer</c> with a key or a token.</summary>
internal sealed class Authenticator(ApiKeys keys, TenantDirectory tenants, TokenVerifier tokens, KeyUses uses, TimeProvider time)
{
    private const string KeyHeader = "X-API-Key";

    /// <summary>The caller; null when the request names none.</summary>
    /// <exception cref="ApiError">It names one that is not good.</exception>
    public async ValueTask<Caller?> IdentifyAsync(IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        var key = One(headers, KeyHeader);
        var authorization = One(headers, "Authorization");
        if (key is null && authorization is null)
        {
            return null;
        }

        var (scheme, value) = Split(authorization);
        if (key is not null)
        {
            return authorization is null || (value == key && scheme is not null)
                ? await ByKeyAsync(key, cancellationToken)
                : throw ApiError.Unauthorized($"{KeyHeader} and Authorization say different things; send one of them");
        }

        return scheme?.ToUpperInvariant() switch
        {
            "APIKEY" => await ByKeyAsync(value, cancellationToken),
            "BEARER" => value.Contains('.', StringComparison.Ordinal)
                ? await tokens.VerifyAsync(value, cancellationToken)
                : await ByKeyAsync(value, cancellationToken),
            _ => throw ApiError.Unauthorized("the Authorization header is neither 'ApiKey <key>' nor 'Bearer <key or token>'"),
        };
    }

    private static string? One(IHeaderDictionary headers, string name) => headers[name] switch
    {
        [] or [null] => null,
        [{ } value] => value,
        _ => throw ApiError.Unauthorized($"the header {name} is given more than once"),
    };

    private static (string? Scheme, string Value) Split(string? authorization)
    {
        var space = authorization?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        return space < 0 ? (null, "") : (authorization![..space], authorization[(space + 1)..].Trim());
    }

    private async ValueTask<Caller> ByKeyAsync(string text, CancellationToken cancellationToken)
    {
        if (!KeyText.IsValid(text))
        {
            throw ApiError.Unauthorized("the API key is not complete: its checksum does not fit (a typo, or cut off?)");
        }

        var now = time.GetUtcNow();
        var key = await keys.FindAsync(text, cancellationToken) ?? throw ApiError.Unauthorized("the API key is not known here");
        if (!key.IsGood(now))
        {
            throw ApiError.Unauthorized(key.IsRevoked ? "the API key is revoked" : "the API key is expired");
        }

        var tenant = await tenants.FindAsync(key.Tenant, cancellationToken) ?? throw ApiError.Unauthorized("the API key's tenant is gone");
        uses.Note(key.Id, now);
        return new Caller(tenant, $"key:{key.Id}", key.Scopes);
    }
}

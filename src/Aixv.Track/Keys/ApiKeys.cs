using System.Collections.Concurrent;
using System.Collections.Frozen;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Keys;

/// <summary>The API keys of this server. They are records of the system tenant, found by the SHA-256 of the key.</summary>
internal sealed class ApiKeys(Registry registry)
{
    private const int MaximumName = 128;
    private const int MaximumKnown = 100_000;

    /// <summary>How long another node's revocation may go unnoticed.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    private TenantView SystemView => TenantView.Of(registry.Store, Tenant.System);

    /// <summary>Makes a key. The text is nowhere else: show it once.</summary>
    /// <exception cref="ApiError">A scope is unknown, the name is too long, or the end is past.</exception>
    public async Task<(ApiKey Key, string Text)> CreateAsync(
        Caller by, TrackId tenant, string name, IEnumerable<string> scopes, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        var session = registry.Open(AsSystem(by));
        var granted = scopes.ToFrozenSet(StringComparer.Ordinal);
        Require(tenant, name, granted, expires, session.Now());
        var text = KeyText.Generate();
        var hash = Convert.ToHexStringLower(KeyText.Hash(text));
        var key = new ApiKey(TrackId.New(session.Now()), tenant, name, granted, hash, text[..KeyText.ShownLength], expires, session.Now(), IsRevoked: false);
        var outcome = await session.WriteAsync(KeyCreated.KindName, key.ToContent(), cancellationToken: cancellationToken);
        return outcome is Written ? (key, text) : throw ApiError.Conflict("the key could not be made; try again");
    }

    private static void Require(TrackId tenant, string name, FrozenSet<string> scopes, DateTimeOffset? expires, DateTimeOffset now)
    {
        if (name.Length is 0 or > MaximumName || name.Any(char.IsControl))
        {
            throw ApiError.InvalidInput("name", $"expected 1 to {MaximumName} characters, none of them control characters");
        }

        var isSystem = tenant == Tenant.System.Id;
        if (scopes.Count == 0 || !scopes.All(s => isSystem ? s == Scope.Operator : Scope.IsKnown(s)))
        {
            throw ApiError.InvalidInput("scopes", isSystem ? $"keys of the system have {Scope.Operator}" : $"expected at least one of {string.Join(", ", Scope.All)}");
        }

        if (expires <= now)
        {
            throw ApiError.InvalidInput("expires_at", "is in the past");
        }
    }

    /// <summary>The key with this text, if it was ever made, as it was at most a second ago.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(KeyText.Hash(text));
        var now = registry.Time.GetUtcNow();
        var isKnown = known.TryGetValue(hash, out var kept);
        if (isKnown && kept.Until > now)
        {
            return kept.Key;
        }

        // A text is one key for ever: only whether it still holds has to be looked at again, and records are kept until they change.
        var found = isKnown
            ? await SystemView.FindAsync(RecordType.ApiKey, kept.Key.Id, cancellationToken)
            : await SystemView.FindByKeyAsync(KeyCreated.UniqueKeyOf(hash), cancellationToken);
        if (found is not { } record)
        {
            return null;
        }

        var key = ApiKey.Of(record);
        if (known.Count >= MaximumKnown)
        {
            known.Clear();
        }

        known[hash] = (key, now + Freshness);
        return key;
    }

    /// <summary>The key with this id, if it is the tenant's.</summary>
    public async ValueTask<ApiKey?> FindAsync(TrackId tenant, TrackId id, CancellationToken cancellationToken) =>
        await SystemView.FindAsync(RecordType.ApiKey, id, cancellationToken) is { } record && ApiKey.Of(record) is var key && key.Tenant == tenant ? key : null;

    public async ValueTask<(IReadOnlyList<ApiKey> Items, long Total)> ListAsync(TrackId tenant, int limit, int offset, CancellationToken cancellationToken)
    {
        var query = new RecordQuery { Type = RecordType.ApiKey, Terms = [new IndexTerm("tenant", tenant.ToString())], Limit = limit, Offset = offset };
        var page = await SystemView.ListAsync(query, cancellationToken);
        return ([.. page.Items.Select(ApiKey.Of)], page.Total);
    }

    /// <summary>Ends a key for ever. Doing it again changes nothing.</summary>
    /// <exception cref="ApiError">The tenant has no such key.</exception>
    public async Task<ApiKey> RevokeAsync(Caller by, TrackId tenant, TrackId id, CancellationToken cancellationToken)
    {
        var key = await FindAsync(tenant, id, cancellationToken) ?? throw ApiError.NotFound($"there is no key {id}");
        var content = JsonAnswer.Build(json =>
        {
            json.WriteString("id", id.ToString());
            json.WriteString("tenant", tenant.ToString());
        });
        await registry.Open(AsSystem(by)).WriteAsync(KeyRevoked.KindName, content, cancellationToken: cancellationToken);
        known.TryRemove(key.Hash, out _);
        return key with { IsRevoked = true };
    }

    /// <summary>Keys are the system's records, whoever makes them; the actor stays.</summary>
    private static Caller AsSystem(Caller by) => by with { Tenant = Tenant.System };
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Tenants;

/// <summary>The tenants of this server. They are records of the system tenant; what changes them is logged like everything else.</summary>
internal sealed class TenantDirectory(Registry registry)
{
    private const int MaximumName = 64;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<TrackId, (Tenant Tenant, DateTimeOffset Until)> known = new();

    /// <summary>Whoever runs this server, as a caller.</summary>
    public static Caller OperatorCaller(string actor) => new(Tenant.System, actor, FrozenSet.ToFrozenSet([Scope.Operator, Scope.Admin]));

    private TenantView SystemView => TenantView.Of(registry.Store, Tenant.System);

    /// <summary>A tenant as it was at most a second ago.</summary>
    public async ValueTask<Tenant?> FindAsync(TrackId id, CancellationToken cancellationToken)
    {
        if (id == Tenant.System.Id)
        {
            return Tenant.System;
        }

        var now = registry.Time.GetUtcNow();
        if (known.TryGetValue(id, out var kept) && kept.Until > now)
        {
            return kept.Tenant;
        }

        if (await SystemView.FindAsync(RecordType.Tenant, id, cancellationToken) is not { } record)
        {
            return null;
        }

        var tenant = TenantContent.Read(record);
        known[id] = (tenant, now + Freshness);
        return tenant;
    }

    public async ValueTask<Tenant?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        await SystemView.FindByKeyAsync(TenantCreated.UniqueKeyOf(name), cancellationToken) is { } record ? TenantContent.Read(record) : null;

    /// <summary>By name or id.</summary>
    /// <exception cref="ApiError">There is none.</exception>
    public async ValueTask<Tenant> ResolveAsync(string nameOrId, CancellationToken cancellationToken) =>
        await FindByNameAsync(nameOrId, cancellationToken)
        ?? (TrackId.TryParse(nameOrId, out var id) ? await FindAsync(id, cancellationToken) : null)
        ?? throw ApiError.NotFound($"there is no tenant '{nameOrId}'");

    public async ValueTask<(IReadOnlyList<Tenant> Items, long Total)> ListAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        var page = await SystemView.ListAsync(new RecordQuery { Type = RecordType.Tenant, Limit = limit, Offset = offset }, cancellationToken);
        return ([.. page.Items.Select(TenantContent.Read)], page.Total);
    }

    /// <exception cref="ApiError">The name is not usable, or taken.</exception>
    public async Task<Tenant> CreateAsync(
        Caller by, string name, Visibility visibility, TenantLimits limits, CancellationToken cancellationToken)
    {
        RequireName(name);
        var session = registry.Open(by);
        var tenant = new Tenant(TrackId.New(session.Now()), name, visibility, TenantStatus.Active, limits, default, session.Now());
        return await session.WriteAsync(TenantCreated.KindName, TenantContent.Build(tenant), cancellationToken: cancellationToken) switch
        {
            Written written => tenant with { Realm = Realm.OfTenant(written.Index), CreatedAt = written.Entry.Time },
            _ => throw ApiError.Conflict($"there is a tenant '{name}' already"),
        };
    }

    private static void RequireName(string name)
    {
        if (name.Length is 0 or > MaximumName || name == Tenant.System.Name
            || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_') || !char.IsAsciiLetterOrDigit(name[0]))
        {
            throw ApiError.InvalidInput(
                "name", $"expected 1 to {MaximumName} of a-z, 0-9, '-', '.' and '_', the first a letter or digit, and not '{Tenant.System.Name}'");
        }
    }

    /// <summary>Gives a tenant other limits or another status.</summary>
    /// <exception cref="ApiError">There is no such tenant.</exception>
    public async Task<Tenant> UpdateAsync(Caller by, TrackId id, TenantStatus? status, TenantLimits? limits, CancellationToken cancellationToken)
    {
        var old = id == Tenant.System.Id ? null : await FindAsync(id, cancellationToken);
        var tenant = (old ?? throw ApiError.NotFound($"there is no tenant {id}")) with { Status = status ?? old.Status, Limits = limits ?? old.Limits };
        var outcome = await registry.Open(by).WriteAsync(TenantUpdated.KindName, TenantContent.Build(tenant), cancellationToken: cancellationToken);
        known.TryRemove(id, out _);
        return outcome is Written ? tenant : throw ApiError.NotFound($"there is no tenant {id}");
    }
}

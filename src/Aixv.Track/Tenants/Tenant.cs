using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Tenants;

/// <summary>One customer of the registry: its own names, its own keys, its own limits.</summary>
internal sealed record Tenant(TrackId Id, string Name, Visibility Visibility, TenantStatus Status, TenantLimits Limits, Realm Realm, DateTimeOffset CreatedAt)
{
    /// <summary>Whoever runs the server: tenants and keys are its entries.</summary>
    public static Tenant System { get; } = new(
        TrackId.FromBytes(new byte[TrackId.Length]), "system", Visibility.Private, TenantStatus.Active, TenantLimits.None, Realm.System, DateTimeOffset.UnixEpoch);
}

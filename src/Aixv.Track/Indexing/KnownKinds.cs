using Aixv.Track.Keys;
using Aixv.Track.Tenants;

namespace Aixv.Track.Indexing;

/// <summary>The list of all kinds of entry: a new kind is one line here.</summary>
internal static class KnownKinds
{
    public static EntryKinds Create() => new(
    [
        new TenantCreated(),
        new TenantUpdated(),
        new KeyCreated(),
        new KeyRevoked(),
    ]);
}

using System.Globalization;

namespace Aixv.Track.Indexing;

/// <summary>Whose rows: each tenant has a realm, the server one, and what public tenants publish is in the public one too.</summary>
internal readonly record struct Realm(long Number)
{
    /// <summary>What everybody may see.</summary>
    public static Realm Public { get; } = new(0);

    /// <summary>Tenants and keys.</summary>
    public static Realm System { get; } = new(1);

    /// <summary>The realm of the tenant that the log's entry <paramref name="index"/> made.</summary>
    public static Realm OfTenant(long index) => new(index + 16);

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}

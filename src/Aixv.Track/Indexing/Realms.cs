namespace Aixv.Track.Indexing;

/// <summary>Which rows a reader may see: those of one realm, and perhaps what is public besides.</summary>
internal readonly record struct Realms
{
    private Realms(Realm own, bool andPublic, bool all = false) => (Own, AndPublic, IsEverything) = (own, andPublic, all);

    /// <summary>The reader's own realm; <see cref="Realm.Public"/> for a reader without one.</summary>
    public Realm Own { get; }

    /// <summary>Whether what public tenants publish is seen too.</summary>
    public bool AndPublic { get; }

    /// <summary>Whether every tenant's rows are seen.</summary>
    public bool IsEverything { get; }

    /// <summary>Whether what this entry says is seen.</summary>
    public bool Sees(Realm realm, bool isPublic) => IsEverything || realm == Own || (AndPublic && isPublic);

    /// <summary>All tenants' rows: for the server's own work, never for a request.</summary>
    public static Realms EveryTenant { get; } = new(Realm.System, andPublic: true, all: true);

    public static Realms Public { get; } = new(Realm.Public, andPublic: true);

    /// <summary>A tenant's own rows alone.</summary>
    public static Realms Only(Realm realm) => new(realm, andPublic: false);

    /// <summary>A tenant's own rows and what is public.</summary>
    public static Realms OwnAndPublic(Realm realm) => new(realm, andPublic: true);
}

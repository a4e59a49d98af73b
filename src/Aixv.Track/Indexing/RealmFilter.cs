namespace Aixv.Track.Indexing;

/// <summary>Realms as conditions of SQL. Numbers are written into the text: they are ours, and there are few.</summary>
internal static class RealmFilter
{
    /// <summary>For tables whose rows say whose they are and whether everybody sees them.</summary>
    public static string OfRows(Realms realms, string table) => realms switch
    {
        { IsEverything: true } => "1=1",
        { AndPublic: false } => $"{table}.realm=@p0",
        _ when realms.Own == Realm.Public => $"({table}.is_public=1 AND @p0=0)",
        _ => $"({table}.realm=@p0 OR {table}.is_public=1)",
    };

    /// <summary>For tables that hold what everybody sees twice, the second time in the public realm.</summary>
    public static string OfCopies(Realms realms, string table) => realms switch
    {
        { IsEverything: true } => $"{table}.realm<>0",
        { AndPublic: false } => $"{table}.realm=@p0",
        _ when realms.Own == Realm.Public => $"{table}.realm=@p0",
        _ => $"{table}.realm IN (@p0,0)",
    };

    /// <summary>The log indexes of the entries with a term, each once.</summary>
    public static string OfTerm(Realms realms, string condition) => realms is { AndPublic: true, IsEverything: false } && realms.Own != Realm.Public
        ? $"(SELECT seq FROM terms WHERE realm=@p0 AND {condition} UNION SELECT seq FROM terms WHERE realm=0 AND {condition})"
        : $"(SELECT seq FROM terms WHERE {OfCopies(realms, "terms")} AND {condition})";
}

namespace Aixv.Track.Indexing;

/// <summary>The few words in which SQLite and PostgreSQL differ, written <c>{so}</c> in <see cref="IndexSchema"/>.</summary>
internal static class SqlDialect
{
    public static string Sqlite(string sql) => Replace(sql, "INTEGER", "INTEGER", "BLOB", "TEXT", " WITHOUT ROWID");

    /// <summary>Terms are compared byte by byte, as SQLite does.</summary>
    public static string Postgres(string sql) => Replace(sql, "bigint", "integer", "bytea", "text COLLATE \"C\"", "");

    private static string Replace(string sql, string number, string small, string bytes, string word, string bare) => sql
        .Replace("{long}", number, StringComparison.Ordinal)
        .Replace("{int}", small, StringComparison.Ordinal)
        .Replace("{bytes}", bytes, StringComparison.Ordinal)
        .Replace("{word}", word, StringComparison.Ordinal)
        .Replace("{bare}", bare, StringComparison.Ordinal);
}

namespace Aixv.Track.Storage;

/// <summary>What PostgreSQL has besides the index and the scratch: the log itself, blobs without an object store, and row-level security.</summary>
internal static class PostgresSchema
{
    /// <summary>All migrations of a database, in order. Version n of the database has the first n.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        Indexing.SqlDialect.Postgres(Indexing.IndexSchema.Migrations[0]),
        Indexing.SqlDialect.Postgres(ScratchSchema.Migrations[0]),
        """
        CREATE TABLE log_state(one integer PRIMARY KEY CHECK(one=1), log_key text NOT NULL, size bigint NOT NULL, edge bytea NOT NULL,
            checkpoint bytea NOT NULL);
        CREATE TABLE log_tiles(level integer NOT NULL, number bigint NOT NULL, hashes bytea NOT NULL, PRIMARY KEY(level, number));
        CREATE TABLE log_leaves(seq bigint PRIMARY KEY, leaf bytea NOT NULL);
        CREATE SEQUENCE pack_number;
        CREATE TABLE blobs(pack bigint NOT NULL, start bigint NOT NULL, kind integer NOT NULL, content bytea NOT NULL, PRIMARY KEY(pack, start));
        """,
        Secure("entries", "is_public=1") + Secure("records", "is_public=1") + Secure("unique_keys", "false") + Secure("terms", "realm=0")
            + Secure("edges", "realm=0") + Secure("attachments", "realm=0") + Secure("usage", "false") + Secure("answers", "false"),
        Indexing.SqlDialect.Postgres(Indexing.IndexSchema.Migrations[1])
            + Secure("described", "is_public=1") + Secure("described_words", "realm=0") + Secure("described_keys", "realm=0"),
    ];

    /// <summary>A session sees the rows of its realm, what is public if it may see that, and all only if it says so.</summary>
    private static string Secure(string table, string isPublic) =>
        $"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY {table}_realm ON {table} USING (current_setting('aixv.realm', true)='*'
            OR realm::text=current_setting('aixv.realm', true) OR ({isPublic} AND current_setting('aixv.public', true)='1'));

        """;
}

namespace Aixv.Track.Indexing;

/// <summary>The tables of the index, as migrations that only go forward. The same text serves SQLite and PostgreSQL, but for the names of types.</summary>
/// <remarks>
/// <c>seq</c> is the log index of an entry; <c>realm</c> whose the row is. Everything here is computed from blobs and log and can be dropped.
/// </remarks>
internal static class IndexSchema
{
    /// <summary>The names of the tables that hold what entries made.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["entries", "records", "unique_keys", "terms", "edges", "attachments", "usage", "described", "described_words", "described_keys"];

    /// <summary>Migration n brings a database of version n to version n + 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE entries(seq {long} PRIMARY KEY, id {bytes} NOT NULL, realm {long} NOT NULL, is_public {int} NOT NULL,
            pack {long} NOT NULL, start {long} NOT NULL, length {int} NOT NULL);
        CREATE UNIQUE INDEX entries_id ON entries(id);
        CREATE INDEX entries_realm ON entries(realm, seq);
        CREATE TABLE records(seq {long} PRIMARY KEY, realm {long} NOT NULL, is_public {int} NOT NULL, type {int} NOT NULL, id {bytes} NOT NULL,
            status TEXT NOT NULL, created {long} NOT NULL, latest {long} NOT NULL);
        CREATE UNIQUE INDEX records_id ON records(id);
        CREATE INDEX records_list ON records(realm, type, seq);
        CREATE INDEX records_public ON records(type, seq) WHERE is_public=1;
        CREATE TABLE unique_keys(realm {long} NOT NULL, name {bytes} NOT NULL, seq {long} NOT NULL, fingerprint {bytes} NOT NULL,
            PRIMARY KEY(realm, name)){bare};
        CREATE TABLE terms(realm {long} NOT NULL, term {word} NOT NULL, seq {long} NOT NULL, PRIMARY KEY(realm, term, seq)){bare};
        CREATE TABLE edges(realm {long} NOT NULL, source {bytes} NOT NULL, relation TEXT NOT NULL, target {bytes} NOT NULL, seq {long} NOT NULL,
            PRIMARY KEY(realm, source, relation, target, seq)){bare};
        CREATE INDEX edges_reverse ON edges(realm, target, relation, source, seq);
        CREATE INDEX edges_order ON edges(seq);
        CREATE TABLE attachments(realm {long} NOT NULL, digest {bytes} NOT NULL, pack {long} NOT NULL, start {long} NOT NULL, length {int} NOT NULL,
            PRIMARY KEY(realm, digest)){bare};
        CREATE TABLE usage(realm {long} NOT NULL, day {long} NOT NULL, entries {long} NOT NULL, PRIMARY KEY(realm, day)){bare};
        """,
        // What is imported: id is the entry's log index and the node's number within; words and keys of what everybody sees are in the public realm alone.
        """
        CREATE TABLE described(id {long} PRIMARY KEY, realm {long} NOT NULL, is_public {int} NOT NULL, source TEXT NOT NULL, node {bytes} NOT NULL,
            digest {bytes} NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, rank {int} NOT NULL, links {bytes} NOT NULL, properties TEXT NOT NULL);
        CREATE TABLE described_words(realm {long} NOT NULL, word {word} NOT NULL, rank {int} NOT NULL, id {long} NOT NULL,
            PRIMARY KEY(realm, word, rank, id)){bare};
        CREATE TABLE described_keys(realm {long} NOT NULL, hash {long} NOT NULL, id {long} NOT NULL, PRIMARY KEY(realm, hash, id)){bare};
        """,
    ];
}

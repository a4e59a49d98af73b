namespace Aixv.Track.Storage;

/// <summary>The tables of <see cref="IScratch"/>, as migrations that only go forward.</summary>
internal static class ScratchSchema
{
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE answers(realm {long} NOT NULL, name {bytes} NOT NULL, fingerprint {bytes} NOT NULL, status {int} NOT NULL,
            content_type TEXT NOT NULL, body {bytes} NOT NULL, expires {long} NOT NULL, PRIMARY KEY(realm, name)){bare};
        CREATE INDEX answers_expire ON answers(expires);
        CREATE TABLE key_uses(id {bytes} NOT NULL PRIMARY KEY, used {long} NOT NULL){bare};
        CREATE TABLE positions(name TEXT NOT NULL PRIMARY KEY, position {long} NOT NULL){bare};
        CREATE TABLE leases(name TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, until {long} NOT NULL){bare};
        CREATE TABLE documents(name {word} NOT NULL PRIMARY KEY, content {bytes} NOT NULL){bare};
        """,
    ];
}

using System.Data.Common;
using Aixv.Track.Blobs;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>A row of the table <c>records</c>, with where its content lies.</summary>
internal sealed record RecordRow(
    Realm Realm, RecordType Type, TrackId Id, string Status, long Index, DateTimeOffset Created, TrackId MadeBy, BlobLocation Location)
{
    public static RecordRow Read(DbDataReader row) => new(
        new Realm(row.GetInt64(0)),
        (RecordType)row.GetInt32(1),
        TrackId.FromBytes(row.GetFieldValue<byte[]>(2)),
        row.GetString(3),
        row.GetInt64(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        TrackId.FromBytes(row.GetFieldValue<byte[]>(6)),
        new BlobLocation(row.GetInt64(7), row.GetInt64(8), row.GetInt32(9)));
}

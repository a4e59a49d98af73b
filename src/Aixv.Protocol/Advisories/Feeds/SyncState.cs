using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Json;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>What was accepted last (<c>aixv.advisory-sync-state/v1</c>): a guard against replays, frozen feeds and clocks set back.</summary>
internal sealed class SyncState
{
    public const string Schema = "aixv.advisory-sync-state/v1";
    private const int MaximumBytes = 256 * 1024 * 1024;

    // Open: a state of the Python package may carry members that are not known here.
    internal static ObjectShape Shape { get; } = new(
        new Field("schema", TextShape.OneOf(Schema), Required: true),
        new Field("synced_at", new TimeShape()),
        new Field("advisories", new MapShape(new ObjectShape(
            new Field("integrated_time", new TimeShape(), Required: true),
            new Field("record_digest", new DigestShape()))
        { IsOpen = true })),
        new Field("feeds", new MapShape(new ObjectShape(new Field("snapshot", FeedSnapshot.Shape, Required: true)) { IsOpen = true })))
    { IsOpen = true };

    private readonly JsonObject json;

    private SyncState(JsonObject json) => this.json = json;

    private JsonObject Advisories => (json["advisories"] ??= new JsonObject()).AsObject();

    private JsonObject Feeds => (json["feeds"] ??= new JsonObject()).AsObject();

    public DateTimeOffset? SyncedAt => json.Time("synced_at");

    public static string PathIn(string root) => Path.Combine(root, "advisory-sync-state.json");

    /// <exception cref="FormatException">The file is damaged; the message names it.</exception>
    public static SyncState Load(string root)
    {
        var path = PathIn(root);
        if (!File.Exists(path))
        {
            return new SyncState(new JsonObject { ["schema"] = Schema });
        }

        try
        {
            return new SyncState(Shape.ReadInPlace(SortedJson.ParseObject(BoundedFile.Read(path, MaximumBytes), "sync state", MaximumBytes), "sync state"));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}; without it replayed advisories would not be noticed: restore it", e);
        }
    }

    public (DateTimeOffset Time, string? RecordDigest)? LastOf(string advisoryId) =>
        Advisories[advisoryId] is JsonObject last ? (last.Time("integrated_time")!.Value, last.Text("record_digest")) : null;

    public FeedSnapshot? SnapshotOf(string feed) => Feeds[feed]?["snapshot"] is JsonObject snapshot ? FeedSnapshot.Read(snapshot) : null;

    public void Accept(string advisoryId, DateTimeOffset time, string? recordDigest)
    {
        if (LastOf(advisoryId) is not { } last || last.Time < time)
        {
            Advisories[advisoryId] = new JsonObject { ["integrated_time"] = Rfc3339.Format(time), ["record_digest"] = recordDigest };
        }
    }

    public void Accept(string feed, FeedSnapshot snapshot)
    {
        if (SnapshotOf(feed) is not { } last || last.Number < snapshot.Number)
        {
            Feeds[feed] = new JsonObject { ["snapshot"] = snapshot.ToJson() };
        }
    }

    /// <summary>Takes over what another process accepted meanwhile, and writes the file.</summary>
    public void Save(string root, DateTimeOffset now)
    {
        var other = Load(root);
        foreach (var (id, _) in other.Advisories)
        {
            var last = other.LastOf(id)!.Value;
            Accept(id, last.Time, last.RecordDigest);
        }

        foreach (var (feed, _) in other.Feeds)
        {
            Accept(feed, other.SnapshotOf(feed)!);
        }

        json["synced_at"] = (other.SyncedAt > now ? other.SyncedAt.Value : now).ToText();
        NewFile.Replace(PathIn(root), [.. SortedJson.Serialize(json), (byte)'\n']);
    }

    /// <summary>Times count in milliseconds, as the file carries them.</summary>
    public static DateTimeOffset Millisecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}

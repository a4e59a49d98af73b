using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Rollbacks;

/// <summary>Says that an artifact gave way to an earlier one: the payload of a record of kind <c>rollback</c>, and a node of lineage.</summary>
/// <param name="Artifact">What is rolled back.</param>
/// <param name="Target">To what.</param>
/// <param name="Timestamp">When it was said; seconds count.</param>
public sealed record RollbackRecord(Digest Artifact, Digest Target, DateTimeOffset Timestamp)
{
    /// <summary>The value of <c>event_type</c>.</summary>
    public const string EventType = "rollback";

    private const int IdHexDigits = 12;

    internal static ObjectShape Shape { get; } = new(
        new Field("event_type", TextShape.OneOf(EventType), Required: true),
        new Field("artifact_digest", new DigestShape(), Required: true),
        new Field("rollback_target", new DigestShape(), Required: true),
        new Field("timestamp", new TimeShape(), Required: true));

    /// <summary><c>RBK-</c>, the time, and 12 hex digits of a hash of what is said; the same saying has the same id.</summary>
    public RecordId Id => RecordId.Parse($"RBK-{Timestamp.ToUniversalTime():yyyyMMdd'T'HHmmss'Z'}-{Hash()[..IdHexDigits]}");

    /// <exception cref="FormatException">Not a rollback; the message names every place.</exception>
    public static RollbackRecord Read(JsonObject payload)
    {
        var json = Shape.Read(payload, "rollback");
        return new RollbackRecord(json.Digest("artifact_digest")!, json.Digest("rollback_target")!, json.Time("timestamp")!.Value);
    }

    public JsonObject ToJson() => new()
    {
        ["event_type"] = EventType,
        ["artifact_digest"] = Artifact.ToString(),
        ["rollback_target"] = Target.ToString(),
        ["timestamp"] = Timestamp.ToText(),
    };

    /// <summary>The record to sign and store.</summary>
    public SignedRecord ToRecord() => new(RecordKinds.Rollback, Id, Timestamp, ToJson());

    /// <summary>Where the record of an artifact's rollback lies: <c>&lt;artifact&gt;.rollback.json</c>.</summary>
    public static string PathBeside(string artifactPath) => $"{artifactPath}.rollback.json";

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Artifact}\n{Target}\n{Timestamp.ToText()}")));
}

using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Tests.Attesting;

public sealed class AttestedRecordTests
{
    public static TheoryData<string, string, string> Records => new()
    {
        { "Model", "m", """{"uri":null,"framework":"pytorch","metrics":{"b":1.50,"a":[1,{"z":null,"y":true}]},"metadata":{"é":"ü\n","\"":"\\"}}""" },
        { "Model", "a \"quoted\" name, ü \u0001", """{"name":"not the name","metadata":{}}""" },
        { "Dataset", "d", """{"format":"par\"quet","size_bytes":9007199254740993,"metadata":{}}""" },
        { "Deployment", "p", """{"environment":"x","endpoint":null}""" },
        { "TrainingRun", "r", """{"framework":null,"model_id":"overridden"}""" },
    };

    private static (AttestedRecord Record, StoredRecord Stored) Make(string type, string name, string members, bool withHash)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        var id = TrackId.New(time);
        var record = new AttestedRecord
        {
            Type = Enum.Parse<RecordType>(type),
            Id = id,
            Agent = id,
            AgentForm = $"maip:00000000:{id.ToUlid()}",
            Name = name,
            Version = "1.0.0",
            Hash = withHash ? Digest.Of("weights"u8) : null,
            Members = JsonNode.Parse(members)!.AsObject(),
        };
        var entry = new Entry(id, id, "kind", time, "actor", default, [], default);
        return (record, new StoredRecord(new Realm(20), record.Type, id, "attested", 7, time, id, entry));
    }

    [Theory, MemberData(nameof(Records))]
    public void An_answer_is_the_same_bytes_as_the_sorted_record(string type, string name, string members)
    {
        foreach (var withHash in (bool[])[true, false])
        {
            var (record, stored) = Make(type, name, members, withHash);
            var place = new AttestedRecord.LogPlace("track.test/log", 7, MerkleTree.HashLeaf("leaf"u8));
            Assert.Equal(SortedJson.Serialize(record.ToJson(stored, place)), record.ToAnswer(stored, place));
        }
    }

    [Theory, MemberData(nameof(Records))]
    public void The_content_is_sorted_and_its_fingerprint_is_of_what_it_says(string type, string name, string members)
    {
        var (record, _) = Make(type, name, members, withHash: true);
        var content = record.ToContent();
        var read = JsonNode.Parse(content)!.AsObject();
        Assert.Equal(SortedJson.Serialize(read), content);
        var fingerprint = read["fingerprint"]!.GetValue<string>();
        foreach (var other in (string[])["fingerprint", "id", "agent_form"])
        {
            read.Remove(other);
        }

        Assert.Equal(Digest.Of(SortedJson.Serialize(read)).Hex, fingerprint);
        Assert.Equal(SortedJson.Serialize(record.Members), SortedJson.Serialize(read["members"]));
    }
}

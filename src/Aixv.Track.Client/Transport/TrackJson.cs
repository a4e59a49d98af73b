using System.Text.Json;
using System.Text.Json.Serialization;
using Aixv.Track.Client.Answers;
using Aixv.Track.Client.Requests;

namespace Aixv.Track.Client.Transport;

/// <summary>How requests and answers are written; without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentRequest))]
[JsonSerializable(typeof(ModelRequest))]
[JsonSerializable(typeof(DatasetRequest))]
[JsonSerializable(typeof(HashRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(ReceiptQuestion))]
[JsonSerializable(typeof(NameRequest))]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(ModelRecord))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelVerdict))]
[JsonSerializable(typeof(DatasetRecord))]
[JsonSerializable(typeof(RecordLineage))]
[JsonSerializable(typeof(ReceiptRecord))]
[JsonSerializable(typeof(ReceiptVerdict))]
[JsonSerializable(typeof(AttestationRecord))]
[JsonSerializable(typeof(Artifact))]
[JsonSerializable(typeof(ImpactNode))]
[JsonSerializable(typeof(Imported))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class TrackJson : JsonSerializerContext;

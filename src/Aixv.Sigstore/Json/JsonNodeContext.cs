using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Aixv.Sigstore.Json;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class JsonNodeContext : JsonSerializerContext;

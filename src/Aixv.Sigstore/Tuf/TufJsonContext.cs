using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Aixv.Sigstore.Tuf;

/// <summary>Source-generated serialization of the cache files.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class TufJsonContext : JsonSerializerContext;

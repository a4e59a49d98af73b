using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Statements;

/// <summary>An artifact that a statement is about. The digest decides; the name is for people.</summary>
public sealed record StatementSubject(string Name, Digest Digest)
{
    public JsonObject ToJson() => new() { ["name"] = Name, ["digest"] = new JsonObject { ["sha256"] = Digest.Hex } };
}

using System.Text.Json.Nodes;

namespace Aixv.Protocol.Admission;

/// <summary>One thing that stands against admission.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Message">A sentence: what was found and what is asked for.</param>
/// <param name="Field">The policy's member that asks for it.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="AdvisoryId">The advisory, where it is one.</param>
public sealed record Violation(ViolationCode Code, string Message, string Field, string Remedy, string? AdvisoryId = null)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["code"] = Code.ToCode(), ["message"] = Message, ["field"] = Field, ["remedy"] = Remedy };
        if (AdvisoryId is not null)
        {
            json["advisory_id"] = AdvisoryId;
        }

        return json;
    }
}

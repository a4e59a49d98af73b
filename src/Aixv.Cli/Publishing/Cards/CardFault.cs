using System.Text.Json.Nodes;

namespace Aixv.Cli.Publishing.Cards;

/// <summary>Something that a card says and is not so, or does not say.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Message">For people: what is wrong, and what to do.</param>
internal sealed record CardFault(string Code, string Message)
{
    public JsonObject ToJson() => new() { ["code"] = Code, ["message"] = Message };
}

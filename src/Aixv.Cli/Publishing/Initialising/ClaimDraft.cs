using System.Text.Json.Nodes;
using Aixv.Cli.Guessing;
using Aixv.Cli.Output;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Publishing.Initialising;

/// <summary>The training claim of a folder: what can be observed now, and how that differs from what a file of it says.</summary>
/// <param name="Claim">What is known now; of an edited file what it says, and what it leaves out.</param>
/// <param name="Sources">Where the fields come from that the file does not have.</param>
/// <param name="Stale">Fields of the file that were observed once and are others now.</param>
internal sealed record ClaimDraft(JsonObject Claim, JsonObject Sources, IReadOnlyList<string> Stale)
{
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>What is known without a file.</summary>
    public static ClaimDraft Of(string folder, CancellationToken cancellationToken)
    {
        var guess = Look(folder, null, cancellationToken);
        return new ClaimDraft(guess.ToClaim(), guess.Sources, []);
    }

    /// <summary>The same beside a file that somebody edited: what it says stays.</summary>
    /// <exception cref="FormatException">The file is no JSON object.</exception>
    public static ClaimDraft Beside(byte[] file, string name, string folder, CancellationToken cancellationToken)
    {
        var declared = SortedJson.ParseObject(file, name, MaximumBytes);
        var now = Look(folder, null, cancellationToken).ToClaim();
        var guess = Look(folder, declared, cancellationToken);
        return new ClaimDraft(guess.ToClaim(), guess.Sources, [.. StaleFields(declared, now)]);
    }

    private static TrainingGuess Look(string folder, JsonObject? declared, CancellationToken cancellationToken) =>
        TrainingGuess.Beside(Path.Combine(folder, "artifact"), declared, cancellationToken);

    private static IEnumerable<string> StaleFields(JsonObject declared, JsonObject now)
    {
        var sources = (declared["metadata"] as JsonObject)?["field_sources"] as JsonObject;
        foreach (var (field, source) in sources ?? [])
        {
            if (field.Split('.', 2) is [var group, var name]
                && (source as JsonObject)?["basis"] is JsonValue basis && basis.TryGetValue<string>(out var word) && word == "observed"
                && (declared[group] as JsonObject)?[name] is { } said && (now[group] as JsonObject)?[name] is { } observed && !JsonNode.DeepEquals(said, observed))
            {
                yield return $"{field} is {observed.ToJsonString()} now";
            }
        }
    }

    public byte[] ToFile() => IndentedJson.ToFile(Claim);

    /// <summary>What to add to a claim, so that it is worth more; and what is wrong with it.</summary>
    public static IReadOnlyList<string> Advice(JsonObject claim)
    {
        try
        {
            return
            [
                .. PredicateCheck.Of("training", claim, isSigned: true).Lifts,
                .. claim.ContainsKey("parent_models") ? Array.Empty<string>() : ["parent_models: name the models that it was made from, or give [] if it was trained from scratch"],
                .. claim.ContainsKey("datasets") ? Array.Empty<string>() : ["datasets: name the data that it was trained on"],
            ];
        }
        catch (FormatException e)
        {
            return [e.Message];
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aixv.Protocol.Schemas;

/// <summary>A text that is not blank; one of some words, or of a pattern, where that is asked.</summary>
internal sealed class TextShape : Shape
{
    private const int MaximumLength = 16_384;
    private readonly Regex? pattern;

    public TextShape()
    {
    }

    /// <param name="pattern">Anchored, and alike in .NET and ECMAScript.</param>
    /// <param name="about">What the pattern means, for the message.</param>
    public TextShape(Regex pattern, string about)
    {
        this.pattern = pattern;
        About = about;
    }

    public static TextShape OneOf(params ReadOnlySpan<string> words) => new() { Words = [.. words] };

    /// <summary>What a text must be, where a pattern says it.</summary>
    public string? About { get; }

    /// <summary>The words that are allowed; empty allows all.</summary>
    public ImmutableArray<string> Words { get; private init; } = [];

    protected internal override string Expected => "a string";

    public override JsonObject ToSchema()
    {
        if (!Words.IsEmpty)
        {
            return Words.Length == 1
                ? new JsonObject { ["const"] = Words[0] }
                : new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Words.Select(w => (JsonNode)w)]) };
        }

        return new JsonObject { ["type"] = "string", ["maxLength"] = MaximumLength, ["pattern"] = pattern?.ToString() ?? @"\S" };
    }

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return Fault(value, path, faults);
        }

        var text = value.GetValue<string>();
        if (!Words.IsEmpty)
        {
            if (!Words.Contains(text))
            {
                faults.Add(path, $"found '{Shorten(text)}', allowed: {string.Join(", ", Words)}");
            }
        }
        else if (pattern is not null)
        {
            if (!pattern.IsMatch(text))
            {
                faults.Add(path, $"found '{Shorten(text)}', allowed: {About}");
            }
        }
        else if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(path, "is empty; leave out what is not known");
        }

        if (text.Length > MaximumLength)
        {
            faults.Add(path, $"{text.Length} characters, at most {MaximumLength} are accepted");
        }

        return value;
    }
}

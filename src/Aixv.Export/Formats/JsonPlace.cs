using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Formats;

/// <summary>A place in somebody's JSON document that rules are checked at. What is broken is collected with its path; nothing throws.</summary>
internal sealed partial class JsonPlace
{
    private readonly List<string> faults;

    private JsonPlace(JsonNode? node, string path, List<string> faults) => (Node, Path, this.faults) = (node, path, faults);

    public JsonNode? Node { get; }

    public string Path { get; }

    public JsonObject? Members => Node as JsonObject;

    /// <summary>What <paramref name="rules"/> find broken in a document.</summary>
    public static IReadOnlyList<string> Check(JsonNode? root, Action<JsonPlace> rules)
    {
        var faults = new List<string>();
        rules(new JsonPlace(root, "$", faults));
        return faults;
    }

    public void Fault(string what) => faults.Add($"{Path}: {what}");

    public bool Has(string name) => Members?[name] is not null;

    /// <summary>A member; null where it is absent, which is a fault where it is required.</summary>
    public JsonPlace? Find(string name, bool required = false)
    {
        if (Members?[name] is { } member)
        {
            return new JsonPlace(member, $"{Path}.{name}", faults);
        }

        if (required)
        {
            Fault($"{name} is required");
        }

        return null;
    }

    /// <summary>A member that must be an object.</summary>
    public JsonPlace? Object(string name, bool required = false)
    {
        var place = Find(name, required);
        if (place is { Members: null })
        {
            place.Fault("an object is expected");
            return null;
        }

        return place;
    }

    /// <summary>The items of a member that must be a list.</summary>
    public IReadOnlyList<JsonPlace> List(string name, bool required = false, int minimum = 0)
    {
        var place = Find(name, required);
        if (place is null)
        {
            return [];
        }

        if (place.Node is not JsonArray items)
        {
            place.Fault("a list is expected");
            return [];
        }

        if (items.Count < minimum)
        {
            place.Fault($"at least {minimum} of them are expected");
        }

        return [.. items.Select((item, i) => new JsonPlace(item, string.Create(CultureInfo.InvariantCulture, $"{place.Path}[{i}]"), faults))];
    }

    /// <summary>The objects of a member that must be a list of objects.</summary>
    public IReadOnlyList<JsonPlace> Objects(string name, bool required = false, int minimum = 0)
    {
        var found = new List<JsonPlace>();
        foreach (var item in List(name, required, minimum))
        {
            if (item.Members is null)
            {
                item.Fault("an object is expected");
            }
            else
            {
                found.Add(item);
            }
        }

        return found;
    }

    /// <summary>This place as text, or null.</summary>
    public string? AsText() => Node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A member that must be text.</summary>
    public string? Text(string name, bool required = false, bool notEmpty = false)
    {
        var place = Find(name, required);
        var text = place?.AsText();
        if (place is not null && text is null)
        {
            place.Fault("text is expected");
        }
        else if (notEmpty && text is { Length: 0 })
        {
            place!.Fault("it is empty");
        }

        return text;
    }

    /// <summary>A member that must be one of these words.</summary>
    public string? Word(string name, bool required, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name, required);
        if (text is not null && !allowed.Contains(text))
        {
            Find(name)!.Fault($"one of {string.Join(", ", allowed!)} is expected");
        }

        return text;
    }

    /// <summary>A member that must be a time by RFC 3339.</summary>
    public void Time(string name, bool required = false, bool utc = false)
    {
        if (Text(name, required) is { } text && (!Timestamp.IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || (utc && !text.EndsWith('Z'))))
        {
            Find(name)!.Fault(utc ? "a time such as 2026-01-02T03:04:05Z is expected" : "a time by RFC 3339 is expected");
        }
    }

    /// <summary>A member that must be an absolute URI or IRI.</summary>
    public void Uri(string name, bool required = false)
    {
        if (Text(name, required) is { } text && !Uris.IsAbsolute(text) && !Scheme.IsMatch(text))
        {
            Find(name)!.Fault("a URI is expected");
        }
    }

    /// <summary>A member that must be a UUID.</summary>
    public string? Uuid(string name, bool required = false)
    {
        var text = Text(name, required);
        if (text is not null && !Guid.TryParseExact(text, "D", out _))
        {
            Find(name)!.Fault("a UUID is expected");
        }

        return text;
    }

    /// <summary>A member that must be a whole number.</summary>
    public long? Integer(string name, bool required = false, long minimum = long.MinValue)
    {
        var place = Find(name, required);
        if (place is null)
        {
            return null;
        }

        if (place.Node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) && number >= minimum)
        {
            return number;
        }

        place.Fault(minimum == long.MinValue ? "a whole number is expected" : $"a whole number of at least {minimum} is expected");
        return null;
    }

    /// <summary>A member that must be true or false.</summary>
    public void Flag(string name, bool required = false)
    {
        if (Find(name, required) is { } place && place.Node!.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            place.Fault("true or false is expected");
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp { get; }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.\-]*:\S+$", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme { get; }
}

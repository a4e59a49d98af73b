using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>An object with named members. Others are refused, unless it is open: then they are kept as they are.</summary>
internal sealed class ObjectShape(params ImmutableArray<Field> fields) : Shape
{
    public ImmutableArray<Field> Fields { get; } = fields;

    /// <summary>Whether members beyond <see cref="Fields"/> are kept; security documents refuse them (protocol §1).</summary>
    public bool IsOpen { get; init; }

    /// <summary>What the object is, where a message needs it: <c>a dataset</c>.</summary>
    public string What { get; init; } = "an object";

    /// <summary>Members of which at least one must be there.</summary>
    public ImmutableArray<string> AtLeastOneOf { get; init; } = [];

    protected internal override string Expected => "an object";

    public override JsonObject ToSchema()
    {
        var properties = new JsonObject();
        foreach (var field in Fields)
        {
            properties[field.Name] = field.Required
                ? field.Shape.ToSchema()
                : new JsonObject { ["anyOf"] = new JsonArray(field.Shape.ToSchema(), new JsonObject { ["type"] = "null" }) };
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (Names(f => f.Required) is { Count: > 0 } required)
        {
            schema["required"] = required;
        }

        if (!AtLeastOneOf.IsEmpty)
        {
            schema["anyOf"] = new JsonArray([.. AtLeastOneOf.Select(name => new JsonObject
            {
                ["required"] = new JsonArray(name),
                ["properties"] = new JsonObject { [name] = new JsonObject { ["not"] = new JsonObject { ["type"] = "null" } } },
            })]);
        }

        if (!IsOpen)
        {
            schema["additionalProperties"] = false;
        }

        return schema;
    }

    private JsonArray Names(Func<Field, bool> which) => new([.. Fields.Where(which).Select(f => (JsonNode)f.Name)]);

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value is not JsonObject members)
        {
            return Fault(value, path, faults);
        }

        var known = 0;
        foreach (var field in Fields)
        {
            known += ReadField(members, field, path, faults) ? 1 : 0;
        }

        if (!AtLeastOneOf.IsEmpty && AtLeastOneOf.All(name => members[name] is null))
        {
            faults.Add(path, $"{What} needs at least one of {string.Join(", ", AtLeastOneOf.SkipLast(1))} and {AtLeastOneOf[^1]}");
        }

        if (!IsOpen && known < members.Count)
        {
            foreach (var (name, _) in members.Where(member => Fields.All(f => f.Name != member.Key)))
            {
                faults.Add(path, $"unknown member '{Shorten(name)}', allowed: {string.Join(", ", Fields.Select(f => f.Name))}");
            }
        }

        return value;
    }

    /// <returns>Whether the member is there, be it null.</returns>
    private static bool ReadField(JsonObject members, Field field, string path, Faults faults)
    {
        var isThere = members.TryGetPropertyValue(field.Name, out var found);
        if (found is null)
        {
            if (field.Required)
            {
                faults.Add(Join(path, field.Name), "required and missing");
            }

            return isThere;
        }

        var read = field.Shape.Read(found, Join(path, field.Name), faults);
        if (!ReferenceEquals(read, found))
        {
            members[field.Name] = read;
        }

        return true;
    }

    internal static string Join(string path, string name) => path == NoPath ? path : path.Length == 0 ? name : $"{path}.{name}";
}

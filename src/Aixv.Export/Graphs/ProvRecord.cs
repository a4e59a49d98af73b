namespace Aixv.Export.Graphs;

/// <summary>One record of PROV-DM, apart from how it is written.</summary>
/// <param name="Id">A qualified name; of a relation null.</param>
/// <param name="Ends">What the relation is between, in the order of PROV-N: qualified names, or null for what is not known.</param>
/// <param name="Time">Of a generation; of an activity its start.</param>
/// <param name="End">Of an activity.</param>
internal sealed record ProvRecord(
    ProvKind Kind, string? Id, IReadOnlyList<string?> Ends, IReadOnlyList<ProvAttribute> Attributes, DateTimeOffset? Time = null, DateTimeOffset? End = null)
{
    /// <summary>Whether it is a derivation from a primary source.</summary>
    public bool IsPrimarySource => Kind == ProvKind.Derivation && Attributes.Any(a => a is { Name: "prov:type", Value: "prov:PrimarySource" });
}

/// <summary>An attribute: untrusted text, or a value of another type.</summary>
/// <param name="Name">A qualified name.</param>
/// <param name="Type">How <paramref name="Value"/> is meant.</param>
internal sealed record ProvAttribute(string Name, string Value, ProvValueType Type = ProvValueType.Text);

/// <summary>The types of attributes' values.</summary>
internal enum ProvValueType
{
    Text,
    QualifiedName,
    Uri,
    Time,
    Boolean,
    Integer,
}

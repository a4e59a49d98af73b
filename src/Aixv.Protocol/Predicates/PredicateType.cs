using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Predicates;

/// <summary>A kind of claim that AIXV defines (protocol §2): its alias, its URI and its schema.</summary>
public abstract class PredicateType
{
    private protected PredicateType(string alias, string version, ObjectShape shape)
    {
        Alias = alias;
        Version = version;
        Shape = shape;
    }

    /// <summary>What users write: <c>training</c>.</summary>
    public string Alias { get; }

    /// <summary>The version that is written; the URI carries it.</summary>
    public string Version { get; }

    public string Uri => $"https://aixv.org/attestation/{Alias}/{Version}";

    internal ObjectShape Shape { get; }

    /// <summary>A filled example, as a file to start from.</summary>
    public abstract JsonObject Template();

    /// <summary>Checks a claim and brings it into canonical form. Descriptive types keep what their schema does not name.</summary>
    /// <exception cref="FormatException">The claim does not fit; the message names every place, as <c>datasets[0].digest</c>.</exception>
    public Predicate Read(JsonObject content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var faults = new Faults();
        var copy = content.DeepClone().AsObject();
        Shape.Read(copy, "", faults);
        if (faults.IsEmpty)
        {
            Complete(copy, faults);
        }

        faults.ThrowIfAny($"{Alias} predicate");
        return new Predicate(Uri, Alias, Version, copy, IsValidated: true);
    }

    /// <summary>Rules that no schema says, and members that have a default.</summary>
    private protected virtual void Complete(JsonObject content, Faults faults)
    {
    }

    /// <summary>What the claim refers to, for its tier: a path, whether a digest stands there, and whether that matters.</summary>
    internal abstract IEnumerable<Reference> References(JsonObject content);

    /// <summary>Something a claim refers to.</summary>
    /// <param name="Path">Where, as <c>datasets[0]</c>.</param>
    /// <param name="IsIdentified">Whether by digest.</param>
    internal sealed record Reference(string Path, bool IsIdentified);

    private protected static IEnumerable<Reference> References(JsonObject content, string list) =>
        content.Objects(list).Select((item, i) => new Reference($"{list}[{i}]", item["digest"] is not null));
}

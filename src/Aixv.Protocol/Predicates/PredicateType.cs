using System.Text.Json.Nodes;

namespace Aixv.Protocol.Predicates;

/// <summary>A kind of claim that AIXV defines (protocol §2): its alias, its URI and its schema.</summary>
public abstract class PredicateType
{
    private protected PredicateType(string alias, string version)
    {
        Alias = alias;
        Version = version;
    }

    /// <summary>What users write: <c>training</c>.</summary>
    public string Alias { get; }

    /// <summary>The version that is written; the URI carries it.</summary>
    public string Version { get; }

    public string Uri => $"https://aixv.org/attestation/{Alias}/{Version}";

    /// <summary>Checks a claim and brings it into canonical form. What the schema does not name is kept as it is.</summary>
    /// <exception cref="FormatException">The claim does not fit; the message names every place, as <c>datasets[0].digest</c>.</exception>
    public Predicate Read(JsonObject content)
    {
        var copy = content.DeepClone().AsObject();
        var reader = new PredicateReader();
        Check(reader, copy);
        reader.ThrowIfAny(Alias);
        return new Predicate(Uri, Alias, Version, copy, IsValidated: true);
    }

    /// <summary>Checks <paramref name="content"/> and rewrites its digests in place.</summary>
    private protected abstract void Check(PredicateReader reader, JsonObject content);
}

using System.Collections.Immutable;

namespace Aixv.Export.Assessments;

/// <summary>One point, control or element that a framework asks for.</summary>
public sealed record FrameworkItem
{
    /// <param name="facts">What evidence of an artifact can show of it; none where it can show nothing.</param>
    internal FrameworkItem(string id, string text, string? beyond, params ImmutableArray<FactKind> facts) => (Id, Text, Beyond, Facts) = (id, text, beyond, facts);

    /// <summary>As the framework numbers it.</summary>
    public string Id { get; }

    /// <summary>In our own short words; empty where even those would repeat a text that is not ours.</summary>
    public string Text { get; }

    /// <summary>What the item asks beyond what evidence of an artifact can show, so that it is never more than partly met; null where there is nothing.</summary>
    public string? Beyond { get; }

    internal ImmutableArray<FactKind> Facts { get; }
}

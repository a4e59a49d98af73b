using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Admitting;

/// <summary>How commands name the nodes of a lineage to people.</summary>
internal static class LineageWords
{
    private const int ShownDigits = 12;

    /// <summary>A name, where there is one, and the beginning of the digest.</summary>
    public static string Short(LineageNode node)
    {
        var label = node.Name ?? node.Uri;
        var digest = node.Digest is { } d ? $"sha256:{d.Hex[..ShownDigits]}…" : null;
        return label is null ? digest! : digest is null ? label : $"{label} ({digest})";
    }

    /// <summary>What an edge says, how well it is known and who says so.</summary>
    public static string Edge(LineageStep step)
    {
        var relation = step.Relation == EdgeRelation.Unspecified ? "" : $", {step.Relation.ToName()}";
        var signer = step.Source.Signer is not { } by ? "" : step.Tier == EvidenceTier.Attested ? $" by {by.Subject}" : $", says {by.Subject}";
        return $"{step.Kind.ToName()}{relation}; {step.Tier.ToName()}{signer}";
    }

    /// <summary>A step of the way of an advisory, as seen from where it comes to.</summary>
    public static string Step(ReachStep step) =>
        $"{Short(step.From)}: {(step.Edge is { } edge ? Edge(edge) : $"in one bundle{(step.Source.Signer is { } by ? $" by {by.Subject}" : "")}")}";
}

using Aixv.Export.Catalogs;
using Aixv.Export.Dossiers;

namespace Aixv.Cli.Publishing.Cards;

/// <summary>Holds what a card says against what is proved.</summary>
internal static class CardCheck
{
    private const string DigestLine = "- Digest: `";
    private const string GraphLine = "- Provenance graph: ";
    private const string EvidenceLine = "- Signed evidence: ";

    /// <summary>What the front matter says, against the attested claims; the section is not looked at.</summary>
    public static IEnumerable<CardFault> FrontMatter(CardText card, IReadOnlyList<Dossier> dossiers)
    {
        var matter = Guessing.FrontMatter.Parse(card.Text);
        if (matter.All("license").Count == 0)
        {
            yield return new CardFault("licence-missing", "the front matter has no license");
        }

        var declared = matter.All("base_model").Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var parents = dossiers.Where(d => d.Training is { Bundle: not null }).Select(HubParents.Of).OfType<HubParents>().ToList();
        if (parents.Count == 0)
        {
            yield break;
        }

        var attested = parents.SelectMany(p => p.Names).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var unproved = declared.Except(attested, StringComparer.OrdinalIgnoreCase).ToList();
        var unsaid = attested.Except(declared, StringComparer.OrdinalIgnoreCase).ToList();

        // A parent that is attested by its digest alone may be one that the front matter names.
        if (unproved.Count > parents.Max(p => p.Unnamed) || unsaid.Count > 0)
        {
            yield return new CardFault("base-model-differs", $"the front matter's base_model is {List(declared)}, and the attested parents are {List(attested)}");
        }
    }

    private static string List(List<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    /// <summary>What the section says, against what it would say now.</summary>
    public static IEnumerable<CardFault> Section(CardText card, string expected, IReadOnlyList<CardSubject> subjects)
    {
        foreach (var subject in subjects.Where(s => s.Dossier.Bundle is null))
        {
            yield return new CardFault("not-attested", $"no bundle that holds was found for {subject.Shown}{(subject.Failures.Count > 0 ? $" ({string.Join("; ", subject.Failures)})" : "")}");
        }

        if (card.Section is not { } section)
        {
            yield return new CardFault("section-missing", $"the card has no section between {CardText.Begin} and {CardText.End}: 'aixv card' writes it");
            yield break;
        }

        var said = section.Split('\n').Where(line => line.StartsWith(DigestLine, StringComparison.Ordinal)).Select(line => line[DigestLine.Length..].Split('`')[0]).ToList();
        var differing = subjects.Where(s => !said.Contains(s.Dossier.Artifact.Digest.ToString())).ToList();
        foreach (var subject in differing)
        {
            yield return new CardFault("digest-differs", $"{subject.Shown} is {subject.Dossier.Artifact.Digest}, and the card says {(said.Count == 0 ? "nothing of its digest" : string.Join(", ", said))}");
        }

        if (differing.Count == 0 && Comparable(section, expected) != Comparable(expected, expected))
        {
            yield return new CardFault("section-differs", "the section is not what is proved now: 'aixv card' writes it anew");
        }
    }

    /// <summary>Without what depends on where the card is checked: the reader's name for an instance, and links that are not known here.</summary>
    private static string Comparable(string section, string expected)
    {
        var knowsGraph = expected.Contains(GraphLine, StringComparison.Ordinal);
        var knowsLinks = expected.Contains($"{EvidenceLine}[", StringComparison.Ordinal);
        return string.Join('\n', section.Trim('\n').Split('\n')
            .Where(line => !line.StartsWith("aixv trust add ", StringComparison.Ordinal) && (knowsGraph || !line.StartsWith(GraphLine, StringComparison.Ordinal)))
            .Select(line => line.StartsWith("aixv verify ", StringComparison.Ordinal) ? line.Split(" --instance ")[0] : knowsLinks || !line.StartsWith(EvidenceLine, StringComparison.Ordinal) ? line : WithoutLink(line)));
    }

    private static string WithoutLink(string line)
    {
        var middle = line.IndexOf("](<", StringComparison.Ordinal);
        var start = middle < 0 ? -1 : line.LastIndexOf('[', middle);
        var end = start < 0 ? -1 : line.IndexOf(">)", middle, StringComparison.Ordinal);
        return end < 0 ? line : line[..start] + line[(start + 1)..middle] + line[(end + 2)..];
    }
}

namespace Aixv.Architecture.Tests.Projects;

/// <summary>Who may refer to whom: to the projects named here, to theirs, and to no other.</summary>
/// <param name="allowed">For each project, those directly above it.</param>
internal sealed class ReferenceRules(IReadOnlyDictionary<string, string[]> allowed)
{
    /// <summary>The rule of STYLE: each project ships alone and refers only to projects above it.</summary>
    internal static ReferenceRules OfThisRepository { get; } = new(new Dictionary<string, string[]>
    {
        ["Aixv.Transparency"] = [],
        ["Aixv.Sigstore"] = ["Aixv.Transparency"],
        ["Aixv.Protocol"] = ["Aixv.Sigstore"],
        ["Aixv.Export"] = ["Aixv.Protocol"],
        ["Aixv.Authority"] = ["Aixv.Sigstore"],
        ["Aixv.Track"] = ["Aixv.Export"],
        ["Aixv.Track.Client"] = [],
        ["Aixv.Cli"] = ["Aixv.Export", "Aixv.Authority", "Aixv.Track", "Aixv.Track.Client"],
    });

    /// <summary>What of <paramref name="references"/> breaks the rules, in words; a project that the rules do not know breaks them.</summary>
    internal IEnumerable<string> Violations(IReadOnlyDictionary<string, string[]> references)
    {
        foreach (var (project, targets) in references)
        {
            if (!allowed.ContainsKey(project))
            {
                yield return $"{project} has no place in the order of projects";
                continue;
            }

            var above = Above(project).ToHashSet();
            foreach (var target in targets.Where(t => !above.Contains(t)))
            {
                yield return $"{project} refers to {target}, which is not above it";
            }
        }
    }

    private IEnumerable<string> Above(string project) => allowed[project].SelectMany(p => Above(p).Prepend(p));
}

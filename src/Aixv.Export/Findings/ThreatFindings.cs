using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Findings;

/// <summary>The techniques that a dossier's advisories and violations speak of, each with its reasons.</summary>
internal static class ThreatFindings
{
    /// <summary>How much a reason weighs in a layer: an observed recall most, a check that failed least.</summary>
    internal const int Recall = 100;
    private const int Reported = 50;
    private const int Exposed = 25;

    /// <summary>One reason for a technique.</summary>
    /// <param name="Subject">An advisory's id or a violation's code.</param>
    internal sealed record Reason(AttackTechnique Technique, string Subject, int Score, string Text, AdvisoryFacts? Advisory);

    /// <summary>The reasons by technique, ordered by its id. What was withdrawn and what a waiver accepts is left out.</summary>
    public static IEnumerable<IGrouping<AttackTechnique, Reason>> Of(Dossier dossier, bool atlas) => Advisories(dossier)
        .Concat(Violations(dossier))
        .Where(reason => reason.Technique.IsAtlas == atlas)
        .OrderBy(reason => reason.Technique.Id, StringComparer.Ordinal)
        .ThenByDescending(reason => reason.Score)
        .ThenBy(reason => reason.Subject, StringComparer.Ordinal)
        .GroupBy(reason => reason.Technique);

    private static IEnumerable<Reason> Advisories(Dossier dossier) =>
        from advisory in dossier.Advisories
        let impact = AdvisoryWords.ImpactOf(advisory)
        where impact != Impact.NotAffected
        from technique in ThreatTable.Of(advisory)
        select new Reason(
            technique,
            advisory.Advisory.Id,
            impact == Impact.Affected ? Recall : Reported,
            $"{advisory.Advisory.Id}: {AdvisoryWords.Describe(advisory)}",
            advisory);

    private static IEnumerable<Reason> Violations(Dossier dossier) =>
        from violation in dossier.Decision?.Decision.Violations ?? []
        where !dossier.Decision!.Decision.Waived.ContainsKey(violation)
        from technique in ThreatTable.Of(violation.Code)
        select new Reason(
            technique,
            violation.Code.ToCode(),
            Exposed,
            $"Not observed; the check that would show it failed ({violation.Code.ToCode()}): {violation.Message}",
            null);
}

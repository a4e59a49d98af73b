using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Findings;

/// <summary>Advisories in the words that all formats of findings share. What they quote is untrusted.</summary>
internal static class AdvisoryWords
{
    public static Impact ImpactOf(AdvisoryFacts advisory) => !advisory.IsTrusted || !advisory.IsCertain
        ? Impact.UnderInvestigation
        : advisory.Advisory.Status switch
        {
            AdvisoryStatus.Active => Impact.Affected,
            AdvisoryStatus.Mitigated => Impact.Fixed,
            AdvisoryStatus.Withdrawn => Impact.NotAffected,
        };

    /// <summary>When it last changed: verified, else the time of the export.</summary>
    public static DateTimeOffset ChangedAt(AdvisoryFacts advisory, Dossier dossier) => advisory.LastSeen ?? dossier.Time;

    public static string Title(AdvisoryFacts advisory) => $"{advisory.Advisory.Id}: {advisory.Advisory.ReasonCode}";

    /// <summary>All that the record says of itself, as one paragraph.</summary>
    public static string Describe(AdvisoryFacts advisory)
    {
        var said = advisory.Advisory;
        string[] parts =
        [
            $"Reason: {said.ReasonCode}.",
            $"Severity: {said.Severity.ToWord()}.",
            $"Status: {said.Status.ToWord()}.",
            $"Class: {said.Class.ToWord()}.",
            Reach(advisory),
            Signer(advisory),
        ];
        return string.Join(' ', parts);
    }

    /// <summary>How it comes to the artifact.</summary>
    public static string Reach(AdvisoryFacts advisory) => advisory.IsDirect
        ? "It names the artifact."
        : $"It names {advisory.Path[0].FromKey} and comes to the artifact by {string.Join(", ", advisory.Path.Select(s => $"{s.Relation} ({s.ToKey})"))}"
            + (advisory.IsCertain ? ", all attested." : ", not all attested.");

    /// <summary>Who signed it, and whether that counts.</summary>
    public static string Signer(AdvisoryFacts advisory) => advisory.Signer is { } signer
        ? $"Signed by {signer}, {(advisory.IsTrusted ? "trusted" : "not trusted")} here."
        : "Nobody verifiably signed it.";

    /// <summary>What it recommends, as one sentence; null where it recommends nothing.</summary>
    public static string? Actions(AdvisoryFacts advisory) =>
        ActionsOf(advisory).ToList() is { Count: > 0 } actions ? string.Join("; ", actions) : null;

    /// <summary>Each action that it recommends; what is empty recommends nothing.</summary>
    public static IEnumerable<string> ActionsOf(AdvisoryFacts advisory) => advisory.Advisory.RecommendedActions.Where(action => !string.IsNullOrWhiteSpace(action));

    /// <summary>Where the signed evidence about the artifact is, for documents that carry no signature themselves.</summary>
    public static string Evidence(Dossier dossier) => dossier.Bundle is { } bundle
        ? $"Signed evidence about the artifact: {bundle.Location ?? "a Sigstore bundle"}, {bundle.Digest}"
            + (bundle.LogEntry is { } entry ? FormattableString.Invariant($", log index {entry.LogIndex}.") : ".")
        : "No verified signature stands behind the artifact.";

    /// <summary>The verified bundles that have a web address, the one that stands for the artifact first.</summary>
    public static IEnumerable<(string Url, BundleFacts Bundle)> BundleUrls(Dossier dossier) =>
        dossier.Bundles.Where(b => Uris.WebOrNull(b.Location) is not null).Select(b => (b.Location!, b));

    /// <summary>Whoever signed the advisories: one name, several, or that nobody did.</summary>
    public static string Authors(Dossier dossier)
    {
        var names = dossier.Advisories.Select(a => a.Signer?.Subject).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "unknown (the advisories are not signed)" : string.Join("; ", names);
    }
}

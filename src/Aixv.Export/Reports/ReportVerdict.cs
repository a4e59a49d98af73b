using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Reports;

/// <summary>The top of the report: what it is about, the decision, and what to know at a glance.</summary>
internal static class ReportVerdict
{
    public static string Word(Dossier dossier) => dossier.Decision?.Decision.Decision switch
    {
        Decision.Allow => "Allowed",
        Decision.Deny => "Denied",
        Decision.AllowWithWaiver => "Allowed with a waiver",
        _ => "No decision",
    };

    /// <summary>The decision in a sentence or two of our own words.</summary>
    public static string Sentence(Dossier dossier)
    {
        var recalls = dossier.Advisories.Count(a => a.IsRecall);
        var recalled = recalls switch
        {
            0 when !dossier.AdvisoriesWereChecked => " Whether anything is recalled is not known: no advisories were looked at.",
            0 => "",
            1 => " A recall by a trusted signer is in force.",
            _ => $" {Counts.Of(recalls, "recall")} by trusted signers are in force.",
        };
        return dossier.Decision?.Decision switch
        {
            null => "No policy was asked whether this artifact may be used; what follows is what the evidence says." + recalled,
            { Decision: Decision.Allow } => "The evidence meets every rule of the policy." + recalled,
            { Decision: Decision.AllowWithWaiver } decision => $"The policy is not met in {Counts.Of(decision.Violations.Length, "point")}, and waivers accept that." + recalled,
            { } decision => $"The policy is not met in {Counts.Of(decision.Violations.Count(v => !decision.Waived.ContainsKey(v)), "point")}." + recalled,
        };
    }

    public static void WriteTitle(HtmlWriter page, Dossier dossier)
    {
        var artifact = dossier.Artifact;
        page.Element("p", "Evidence report", ("class", "kicker"));
        page.Begin("h1").Name(artifact.Name, 160).End();
        page.Begin("ul", ("class", "facts"));
        Item(page, null, artifact.Digest.ToString(), isCode: true);
        Item(page, null, artifact.Type);
        Item(page, "version", artifact.Version);
        Item(page, null, artifact.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size:N0} bytes") : null);
        Item(page, null, artifact.Uri);
        page.End();
    }

    public static void Write(HtmlWriter page, Dossier dossier, LineagePicture picture)
    {
        var name = dossier.Decision?.Decision.Decision switch
        {
            Decision.Deny => "verdict deny",
            null => "verdict none",
            _ => "verdict allow",
        };
        page.Begin("section", ("class", name), ("id", "decision"), ("aria-label", "Decision"));
        page.Begin("p", ("class", "word"));
        WriteMark(page, dossier.Decision?.Decision.Decision);
        page.Element("span", Word(dossier)).End();
        page.Begin("p").Text(Sentence(dossier));
        if (dossier.Decision is { } by)
        {
            page.Text(" Decided on ").Time(by.Decision.DecidedAt);
            if (by.Decision.PolicyId is { } policy)
            {
                page.Text(" by the policy ").Name(policy, 80);
            }

            page.Text(by.Level is { } level ? $", at assurance {level.Replace('-', ' ')}." : ".");
        }

        page.End().End();
        WriteGlance(page, dossier, picture);
    }

    private static void WriteMark(HtmlWriter page, Decision? decision)
    {
        var path = decision switch
        {
            Decision.Allow => "M6 15.5 12 21.5 24 8.5",
            Decision.Deny => "M8 8 22 22M22 8 8 22",
            Decision.AllowWithWaiver => "M15 6v12M15 23v.5",
            _ => "M7 15h16",
        };
        page.Begin("svg", ("width", "30"), ("height", "30"), ("viewBox", "0 0 30 30"), ("aria-hidden", "true"));
        page.Begin("circle", ("cx", "15"), ("cy", "15"), ("r", "13.5"), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", "2")).End();
        page.Begin("path", ("d", path), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", "3"), ("stroke-linecap", "round")).End();
        page.EndSvg();
    }

    private static void WriteGlance(HtmlWriter page, Dossier dossier, LineagePicture picture)
    {
        page.Begin("dl", ("class", "glance"));
        Glance(page, "Signed by", dossier.Signer is null ? "nobody, verifiably" : "", dossier.Signer?.Issuer is { } issuer ? $"vouched for by {issuer}" : null, dossier.Signer is null, dossier.Signer?.Subject);
        var entry = dossier.Bundle?.Signature.LogEntries.FirstOrDefault();
        Glance(
            page,
            "Transparency log",
            entry is null ? "no verified entry" : string.Create(CultureInfo.InvariantCulture, $"entry {entry.Index}"),
            dossier.Bundle?.Signature.IntegratedTime is { } time ? time.ToReading() : null,
            entry is null);
        var recalls = dossier.Advisories.Count(a => a.IsRecall);
        Glance(
            page,
            "Recalls in force",
            !dossier.AdvisoriesWereChecked ? "not looked at" : recalls == 0 ? "none known" : recalls.ToString("N0", CultureInfo.InvariantCulture),
            dossier.Advisories.Length > recalls ? Counts.Of(dossier.Advisories.Length - recalls, "other advisory", "other advisories") : null,
            recalls > 0);
        Glance(
            page,
            "Lineage",
            $"{Counts.Of(picture.Ancestors, "ancestor")}, {Counts.Of(picture.Datasets, "dataset")}",
            string.Create(CultureInfo.InvariantCulture, $"{picture.Attested:N0} of {dossier.Lineage.NodeCount - 1:N0} nodes attested"),
            false);
        Glance(
            page,
            "Training claim",
            dossier.Training is not { } training ? "none" : training.Bundle is null ? "not signed" : training.IsTrusted ? "signed, trusted" : "signed, not by a trusted signer",
            dossier.Parents switch { null => "parents not known", { Length: 0 } => "trained from scratch, it says", { } parents => $"{Counts.Of(parents.Length, "parent")} named" },
            dossier.Training?.Bundle is null);
        page.End();
    }

    private static void Glance(HtmlWriter page, string term, string text, string? note, bool isBad, string? untrusted = null)
    {
        page.Begin("div", ("class", untrusted is null ? null : "wide")).Element("dt", term).Begin("dd", ("class", isBad ? "bad" : null));
        page.Text(text);
        if (untrusted is not null)
        {
            page.Name(untrusted, 120);
        }

        if (note is not null)
        {
            page.Begin("small").Name(note, 120).End();
        }

        page.End().End();
    }

    private static void Item(HtmlWriter page, string? term, string? text, bool isCode = false)
    {
        if (text is null)
        {
            return;
        }

        page.Begin("li").Text(term is null ? "" : $"{term} ");
        (isCode ? page.Code(text) : page.Begin("b").Name(text, 160).End()).End();
    }

    /// <summary>A tier as a tag that can be told without colour.</summary>
    internal static void WriteTier(HtmlWriter page, EvidenceTier tier) => page.Element("span", tier.ToName(), ("class", $"tag {tier.ToName()}"));
}

using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Reports;

/// <summary>Who signed what, what their certificates say, and where it is logged.</summary>
internal static class ReportSigners
{
    public static void Write(HtmlWriter page, Dossier dossier)
    {
        page.Section("attestations", "Attestations", dossier.Attestations.IsEmpty ? "No statement about the artifact was found." : null, () =>
        {
            if (!dossier.Attestations.IsEmpty)
            {
                WriteAttestations(page, dossier);
            }
        });
        if (!dossier.Bundles.IsEmpty)
        {
            page.Section("signers", "Signers", "Signatures that were verified when this page was made.", () =>
            {
                foreach (var signer in dossier.Bundles.Select(b => b.Signature.Signer).DistinctBy(s => (s.Subject, s.Issuer, string.Join('\n', s.Claims))))
                {
                    WriteSigner(page, signer);
                }
            });
            page.Section("log", "Log entries", null, () => WriteLog(page, dossier));
        }
    }

    private static void WriteAttestations(HtmlWriter page, Dossier dossier) => page.Table(["Claim", "Evidence", "Signed by", "Time"], () =>
    {
        foreach (var attestation in dossier.Attestations)
        {
            page.Row(
                cell => cell.Begin("strong").Name(attestation.PredicateType, 160).End().Begin("span", ("class", "id")).Code(attestation.Digest).End(),
                cell => ReportVerdict.WriteTier(cell, attestation.Tier),
                cell =>
                {
                    if (attestation.Bundle is { } bundle)
                    {
                        cell.Name(bundle.Signature.Signer.Subject, 160).Text(attestation.IsTrusted ? "" : " (not among the trusted signers)");
                    }
                    else
                    {
                        cell.Text("nobody, verifiably");
                    }
                },
                cell => WriteTime(cell, attestation.Time));
        }
    });

    private static void WriteTime(HtmlWriter page, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            page.Time(known);
        }
        else
        {
            page.Text("not known");
        }
    }

    private static void WriteSigner(HtmlWriter page, SignerEvidence signer)
    {
        page.Begin("dl", ("class", "pairs"));
        page.Fact("signer", signer.Subject, text => page.Begin("strong").Name(text).End());
        page.Fact("vouched for by", signer.Issuer);
        foreach (var (name, value) in signer.Claims)
        {
            page.Begin("dt").Name(name.Replace('_', ' '), 80).End().Begin("dd");
            page.Link(value).End();
        }

        page.End();
    }

    private static void WriteLog(HtmlWriter page, Dossier dossier) => page.Table(["Entry", "Log", "Integrated", "Tree", "Root hash"], () =>
    {
        foreach (var bundle in dossier.Bundles)
        {
            foreach (var entry in bundle.Signature.LogEntries)
            {
                var proof = bundle.Content.LogEntries.FirstOrDefault(e => e.LogIndex == entry.Index)?.Inclusion;
                page.Row(
                    cell => cell.Begin("strong").Text(entry.Index.ToString(CultureInfo.InvariantCulture)).End().Text(" ").Name(entry.Kind, 40),
                    cell => cell.Name(entry.Log, 120),
                    cell => WriteTime(cell, entry.IntegratedTime ?? bundle.Signature.IntegratedTime),
                    cell => cell.Text(proof is null ? "no proof" : string.Create(CultureInfo.InvariantCulture, $"{proof.TreeSize:N0} entries")),
                    cell => cell.Code(proof is null ? "" : Convert.ToHexStringLower(proof.RootHash.Span)));
            }
        }
    });
}

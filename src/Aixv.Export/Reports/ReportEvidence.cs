using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Reports;

/// <summary>The digests of everything that the page rests on, so that each can be asked for and checked.</summary>
internal static class ReportEvidence
{
    private const int MaximumFiles = 40;

    public static void Write(HtmlWriter page, Dossier dossier) => page.Section("evidence", "Evidence digests", "What this page rests on. The page itself is not signed: whoever relies on it checks these.", () =>
    {
        page.Table(["What", "Where", "SHA-256"], () =>
        {
            page.Row(cell => cell.Text("artifact"), cell => cell.Name(dossier.Artifact.Name, 120), cell => cell.Code(dossier.Artifact.Digest));
            foreach (var file in dossier.Files.Where(f => f.Digest != dossier.Artifact.Digest).Take(MaximumFiles))
            {
                page.Row(cell => cell.Text("file"), cell => cell.Name(file.Name, 120), cell => cell.Code(file.Digest));
            }

            foreach (var bundle in dossier.Bundles)
            {
                page.Row(cell => cell.Text("signature bundle"), cell => cell.Link(bundle.Location ?? "place not known"), cell => cell.Code(bundle.Digest));
            }

            if (dossier.Decision is { } decision)
            {
                page.Row(cell => cell.Text("policy"), cell => cell.Name(decision.Decision.PolicyId ?? "without an id", 120), cell => cell.Code(decision.Decision.PolicyDigest));
                page.Row(cell => cell.Text("evidence of the decision"), cell => cell.Text(""), cell => cell.Code(Aixv.Sigstore.Artifacts.Digest.Of(decision.Evidence.ToBytes())));
            }

            if (dossier.TrustRoot is { } root)
            {
                page.Row(cell => cell.Text("trusted root"), cell => cell.Text(""), cell => cell.Code(root));
            }
        });
        if (dossier.Files.Length > MaximumFiles)
        {
            page.Element("p", string.Create(CultureInfo.InvariantCulture, $"The artifact has {dossier.Files.Length:N0} files."), ("class", "soft"));
        }

        foreach (var membership in dossier.Memberships)
        {
            page.Begin("p").Text("It is a member of the bundle ").Name(membership.BundleId, 120).Text(membership.Signer is null ? ", which nobody signed, verifiably." : ".").End();
        }
    });

    public static void WriteFooter(HtmlWriter page, Dossier dossier)
    {
        page.Begin("footer").Begin("p").Text($"Facts as of {dossier.Time.ToReading()}. Made by aixv ").Shown(dossier.ToolVersion, 40).Text(" from verified evidence; it holds no script and loads nothing.").End();
        if (dossier.AdvisoryFeed is { } feed)
        {
            page.Begin("p").Text("Later recalls are published at ").Link(feed).Text(".").End();
        }

        page.End();
    }
}

using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Reports;

namespace Aixv.Export.Catalogs;

/// <summary>The section of a model card that says what is proved of the model, and how a reader checks it.</summary>
public static class ModelCardSection
{
    public const string Title = "## Provenance & Attestation";
    private const int MaximumListed = 50;

    /// <summary>The heading of one file's part, where a card speaks of several.</summary>
    public static string Heading(string file) => $"### {MarkdownText.Code(file)}";

    /// <summary>Writes what is known of one artifact, without the title; text of others stays text.</summary>
    public static void Write(Dossier dossier, ModelCardLinks links, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(writer);
        if (links.Graph is { } graph)
        {
            writer.WriteLine($"- Provenance graph: {Link(graph.AbsoluteUri, graph)}");
        }

        writer.WriteLine($"- Digest: `{dossier.Artifact.Digest}`{(links.FileName is { } file ? $", of {MarkdownText.Code(file)}" : "")}");
        WriteEvidence(dossier, links, writer);
        writer.WriteLine(dossier.Parents switch
        {
            null => "- Parents: not known",
            { Length: 0 } => "- Parents: none, trained from scratch as its training claim says",
            { } parents => $"- Parents: {string.Join(", ", parents.Take(MaximumListed).Select(Line))}",
        });
        if (dossier.Datasets is { Length: > 0 } datasets)
        {
            writer.WriteLine($"- Datasets: {string.Join(", ", datasets.Take(MaximumListed).Select(Line))}");
        }

        writer.WriteLine(dossier.Training switch
        {
            null => "- No training claim is known.",
            { Bundle: null } => "- Parents and datasets are as a claim says that nobody signed, verifiably.",
            _ => "- Parents and datasets are as the signed training claim says. The rest of this card is the publisher's word.",
        });
        WriteCommand(dossier, links, writer);
    }

    private static void WriteEvidence(Dossier dossier, ModelCardLinks links, TextWriter writer)
    {
        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            var name = links.BundleName ?? evidence.Location;
            var place = name is null ? "" : links.Bundle is { } uri ? $"{Link(name, uri)}, " : $"{MarkdownText.Of(name)}, ";
            writer.WriteLine($"- Signed evidence: {place}`sha256:{evidence.Digest.Hex}`{(evidence.LogIndex is { } index ? $", log index {index}" : "")}");
        }

        if (dossier.Signer is { } signer)
        {
            writer.WriteLine($"- Signed by: {MarkdownText.Of(signer.ToString())}");
        }
    }

    private static void WriteCommand(Dossier dossier, ModelCardLinks links, TextWriter writer)
    {
        if (dossier.Signer is not { Issuer: { } by } identity)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine("Check it:");
        writer.WriteLine();
        writer.WriteLine("```sh");
        if (links is { Instance: { } name, InstanceUrl: { } url, InstanceFingerprint: { } fingerprint })
        {
            writer.WriteLine($"aixv trust add {Word(name)} {Word(url.AbsoluteUri)} --fingerprint {Word(fingerprint)}   # once");
        }

        var instance = links.Instance is { } known ? $" --instance {Word(known)}" : "";
        writer.WriteLine($"aixv verify {Argument(links.FileName, "MODEL")} --bundle {Argument(links.BundleName, "BUNDLE")} --identity {Quoted(identity.Subject)} --issuer {Quoted(by)}{instance}");
        writer.WriteLine("```");
    }

    private static string Line(ReferenceFacts reference) => $"{MarkdownText.Of(reference.Label, 120)}{(reference.Digest is { } digest ? $" `{digest}`" : "")}";

    /// <summary>CommonMark §6.3: a destination in angle brackets ends at the first bracket or line break, and neither is in an absolute URI's escaped form.</summary>
    private static string Link(string text, Uri target) =>
        $"[{MarkdownText.Of(text)}](<{target.AbsoluteUri.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)}>)";

    private static string Argument(string? file, string placeholder) => file is null ? placeholder : Word(file.StartsWith('-') ? $"./{file}" : file);

    private static string Word(string text) => text.Length > 0 && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_' or '.' or '/' or ':') ? text : Quoted(text);

    /// <summary>One word for a shell, on one line; it cannot end the code block, for that takes a line of its own.</summary>
    private static string Quoted(string text) => $"'{ShownText.Of(text, 4096).Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

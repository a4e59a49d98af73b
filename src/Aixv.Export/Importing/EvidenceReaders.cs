using System.Collections.Immutable;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>The formats that evidence is read from, the most special first: one line each.</summary>
public static class EvidenceReaders
{
    public static ImmutableArray<EvidenceReader> All { get; } =
    [
        // Attestations
        new SigstoreBundleReader(),
        new DsseReader(),
        new InTotoReader(),

        // Boms
        new CycloneDxJsonReader(),
        new CycloneDxXmlReader(),
        new CycloneDxProtobufReader(),
        new Spdx3Reader(),
        new SpdxJsonReader(),
        new SpdxTagValueReader(),
    ];

    /// <summary>The reader of a document, or null where none knows it.</summary>
    public static EvidenceReader? Find(DocumentProbe document) => All.FirstOrDefault(reader => reader.Recognizes(document));

    /// <summary>Reads a document of any known format.</summary>
    /// <param name="artifact">The artifact that the evidence must be about; null takes the one that the document names.</param>
    /// <exception cref="FormatException">No reader knows the document, or the one that does refuses it.</exception>
    public static ImportedEvidence Read(DocumentProbe document, Digest? artifact = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Find(document) is { } reader
            ? reader.Read(document, artifact)
            : throw new FormatException(
                $"the document is in none of the formats that evidence is read from ({string.Join(", ", All.Select(r => r.Format))})"
                + (document.Fault is { } fault ? $": {fault}" : ""));
    }
}

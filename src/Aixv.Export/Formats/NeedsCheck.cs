using Aixv.Export.Dossiers;

namespace Aixv.Export.Formats;

/// <summary>What a dossier lacks, in words.</summary>
internal static class NeedsCheck
{
    private static readonly (ExportNeeds Need, string Words, Func<Dossier, bool> IsMet)[] Table =
    [
        (ExportNeeds.Attestation, "an attestation of the artifact in the store (aixv attest)", d => !d.Attestations.IsEmpty),
        (ExportNeeds.Bundle, "a signature that verifies (aixv sign, or aixv attest --sign)", d => d.Bundle is not null),
        (ExportNeeds.SignedStatement, "a signed attestation that verifies (aixv attest --sign)", d => d.Bundles.Any(b => b.Envelope is not null)),
        (ExportNeeds.InclusionProof, "a log entry with an inclusion proof", d => d.Bundles.Any(b => b.LogEntry is not null)),
        (ExportNeeds.Decision, "a decision (--policy FILE)", d => d.Decision is not null),
        (ExportNeeds.AdvisoryCheck, "a look at a store of advisories (--store DIR)", d => d.AdvisoriesWereChecked),
        (ExportNeeds.Advisory, "an advisory about the artifact", d => !d.Advisories.IsEmpty),
        (ExportNeeds.Receipt, "a COSE receipt (--receipt FILE)", d => !d.Receipts.IsEmpty),
        (ExportNeeds.Metadata, "what the publisher declares (--meta FILE)", d => !d.Declared.IsEmpty),
        (ExportNeeds.Size, "the artifact itself, not only its digest", d => d.Artifact.Size is not null),
        (ExportNeeds.Signing, "a signature to be made (--sign)", _ => false),
        (ExportNeeds.Training, "a training attestation of the artifact in the store (aixv attest --predicate training)", d => d.Training is not null),
        (ExportNeeds.Files, "the artifact itself, not only its digest", d => !d.Files.IsEmpty),
    ];

    public static IEnumerable<string> Missing(ExportNeeds needs, Dossier dossier) =>
        Table.Where(row => needs.HasFlag(row.Need) && !row.IsMet(dossier)).Select(row => row.Words).Distinct();

    /// <summary>The same for a list of formats.</summary>
    public static IEnumerable<string> Words(ExportNeeds needs) => Table.Where(row => needs.HasFlag(row.Need)).Select(row => row.Words).Distinct();
}

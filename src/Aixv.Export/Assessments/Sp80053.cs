using static Aixv.Export.Assessments.FactKind;

namespace Aixv.Export.Assessments;

/// <summary>The controls of NIST SP 800-53 that evidence of an artifact bears on, for OSCAL documents.</summary>
internal static class Sp80053
{
    /// <summary>The catalogue in OSCAL, which control implementations point to.</summary>
    public const string Catalog = "https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json";

    public static Framework Value { get; } = new(
        "nist-sp-800-53",
        "NIST SP 800-53, the controls of supply chain and integrity",
        "Revision 5",
        Catalog,
        "Only controls that evidence of an artifact bears on. Descriptions are in words of our own.",
        [
            new("cm-14", "Components are installed only with verified signatures", "enforcement at the place of use", Signature, TrustedSigner, FactKind.Decision),
            new("ra-5", "Vulnerabilities are looked for", "scans of the software around it", AdvisoryCheck),
            new("sa-11", "The developer tests and evaluates", "the plan of tests and the remediation of flaws", Benchmarks),
            new("sa-15", "The process, standards and tools of development are documented", "reviews of the process", TrainingClaim, FactKind.Framework, Code, FactKind.Environment),
            new("si-5", "Advisories are received and acted on", "what the organisation does upon them", AdvisoryCheck, NoRecall),
            new("si-7", "Integrity of software and information is verified", "verification at the place of use", Digest, Signature, LogEntry),
            new("sr-3", "Supply chain weaknesses are addressed by processes", "the processes", FactKind.Decision, Parents),
            new("sr-4", "Provenance is documented, monitored and kept", null, TrainingClaim, Parents, ParentDigests, Datasets, DatasetDigests, Signature, LogEntry),
            new("sr-11", "Components are authentic", "training and disposal", Signature, TrustedSigner),
        ]);
}

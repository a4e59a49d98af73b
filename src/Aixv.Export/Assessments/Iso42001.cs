using static Aixv.Export.Assessments.FactKind;

namespace Aixv.Export.Assessments;

/// <summary>ISO/IEC 42001:2023, Annex A, by the numbers of its 38 controls: their texts are ISO's.</summary>
internal static class Iso42001
{
    public static Framework Value { get; } = new(
        "iso-42001",
        "ISO/IEC 42001, Annex A (controls of an AI management system)",
        "ISO/IEC 42001:2023",
        "https://www.iso.org/standard/81230.html",
        "Numbers of controls only: read them beside the standard. Controls are about an organisation, so evidence of one artifact meets none of them alone.",
        [
            new("A.2.2", "", "all of it"),
            new("A.2.3", "", "all of it"),
            new("A.2.4", "", "all of it"),
            new("A.3.2", "", "all of it"),
            new("A.3.3", "", "all of it"),
            new("A.4.2", "", "resources other than those of training", Datasets, FactKind.Framework, Compute),
            new("A.4.3", "", "data used after training", Datasets, DatasetDigests),
            new("A.4.4", "", "tooling after training", FactKind.Framework, FactKind.Environment, Code),
            new("A.4.5", "", "resources of operation", Compute, FactKind.Environment),
            new("A.4.6", "", "all of it"),
            new("A.5.2", "", "all of it"),
            new("A.5.3", "", "all of it"),
            new("A.5.4", "", "all of it"),
            new("A.5.5", "", "all of it"),
            new("A.6.1.2", "", "all of it"),
            new("A.6.1.3", "", "all of it"),
            new("A.6.2.2", "", "all of it"),
            new("A.6.2.3", "", "reasons for the design", TrainingClaim, Hyperparameters, Code),
            new("A.6.2.4", "", "criteria of acceptance", Benchmarks),
            new("A.6.2.5", "", "the deployment plan", FactKind.Decision, Admission),
            new("A.6.2.6", "", "monitoring other than for advisories", AdvisoryCheck, NoRecall),
            new("A.6.2.7", "", "documentation for each reader", TrainingClaim, Signature, References),
            new("A.6.2.8", "", "logs of operation", LogEntry, SigningTime),
            new("A.7.2", "", "the process of data management", Datasets),
            new("A.7.3", "", "how the data was acquired", Datasets, DatasetAddresses, DatasetCollection),
            new("A.7.4", "", "all of it"),
            new("A.7.5", "", "the process that records provenance", Datasets, DatasetDigests, Parents, ParentDigests, Signature),
            new("A.7.6", "", "all of it"),
            new("A.8.2", "", "information on the system for its users", References, IntendedUse, Limitations),
            new("A.8.3", "", "all of it"),
            new("A.8.4", "", "the plan of communication", AdvisoryCheck),
            new("A.8.5", "", "all of it"),
            new("A.9.2", "", "all of it"),
            new("A.9.3", "", "all of it"),
            new("A.9.4", "", "use as it happens", IntendedUse),
            new("A.10.2", "", "all of it"),
            new("A.10.3", "", "agreements with suppliers", Parents, ParentAttestations, TrustedSigner, AdvisoryCheck),
            new("A.10.4", "", "all of it"),
        ]);
}

using static Aixv.Export.Assessments.FactKind;

namespace Aixv.Export.Assessments;

/// <summary>Coalition for Secure AI, Artifact Integrity Maturity Model: the invariants of its three levels.</summary>
internal static class CosaiMaturity
{
    public static Framework Value { get; } = new(
        "cosai",
        "CoSAI, Artifact Integrity Maturity Model",
        "1.2.0 (draft)",
        "https://github.com/cosai-oasis/secure-ai-tooling/blob/main/risk-map/yaml/artifact-integrity-maturity.cosai-rm.yaml",
        "Fifteen invariants of three levels (L1 integrity, L2 lineage, L3 attestations and policy), in short words of our own. The model is a draft, and "
        + "builds on the levels of the approved paper Signing ML Artifacts (CoSAI, 29 September 2025). INV-L1-04, INV-L2-03 and INV-L3-04 are optional there.",
        [
            new("INV-L1-01", "Measured: the content has the digest that was signed", null, Digest, Signature),
            new("INV-L1-02", "Produced by: the signer is the producer that the claim names", null, Signature),
            new("INV-L1-03", "Signer verified: a trust store knows the signer, and may sign this", null, Signature, TrustedSigner),
            new("INV-L1-04", "Timestamped: the time of signing is verified", null, SigningTime),
            new("INV-L2-01", "Derived from: what it was made from is named and signed", null, Parents, Datasets),
            new("INV-L2-02", "Input verified: every input was checked against its digest", "that the inputs were checked when it was made; their digests are known", ParentDigests, DatasetDigests),
            new("INV-L2-03", "Evidence backed: the derivation points to a record of its process", "the process log", TrainingClaim, Code, FactKind.Environment),
            new("INV-L2-04", "Chain linked: it is linked to what came before", null, ParentDigests, ParentAttestations),
            new("INV-L2-05", "Timestamped strictly: a trusted time close to the event", "how close the time is to the event", SigningTime, LogEntry),
            new("INV-L3-01", "Attested process: a signed account of how it was made", null, TrainingClaim, FactKind.Framework, Code),
            new("INV-L3-02", "Attested model: a signed account of the model with metrics", null, Benchmarks),
            new("INV-L3-03", "Attested data: signed accounts of the training data", "that whoever provided the data signed it", Datasets, DatasetDigests),
            new("INV-L3-04", "Attested infrastructure: a signed account of its security", "the security of the infrastructure", FactKind.Environment),
            new("INV-L3-05", "Policy evaluated: a policy was asked, and passes", null, FactKind.Decision, Admission),
            new("INV-L3-06", "Admission gated: deployment waits for admission", "the gate of the target environment", Admission),
        ]);
}

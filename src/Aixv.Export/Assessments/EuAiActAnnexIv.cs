using static Aixv.Export.Assessments.FactKind;

namespace Aixv.Export.Assessments;

/// <summary>Regulation (EU) 2024/1689, Annex IV: technical documentation of high-risk AI systems.</summary>
internal static class EuAiActAnnexIv
{
    /// <summary>What readers of both annexes are told.</summary>
    internal const string Note =
        "The points are in short words of our own: a person must compare the list with the text in the Official Journal. Evidence of one artifact is never the whole documentation.";

    private const string System = "the system around the model";

    public static Framework Value { get; } = new(
        "eu-ai-act-annex-iv",
        "EU AI Act, Annex IV (technical documentation of high-risk AI systems)",
        "Regulation (EU) 2024/1689, OJ L, 2024/1689, 12.7.2024",
        "http://data.europa.eu/eli/reg/2024/1689/oj",
        Note,
        [
            new("1", "General description of the system", System, Name, Digest, Description),
            new("1(a)", "Intended purpose, provider, version and its relation to earlier versions", "how it relates to earlier versions of the system", IntendedUse, Supplier, FactKind.Version, Parents),
            new("1(b)", "Interaction with other hardware, software and AI systems", "all of it"),
            new("1(c)", "Versions of relevant software and firmware, requirements on updates", "requirements on updates", FactKind.Framework, FactKind.Environment),
            new("1(d)", "Forms in which it is placed on the market", "the forms other than this artifact", Distribution),
            new("1(e)", "Hardware that it is intended to run on", "all of it"),
            new("1(f)", "Pictures of the product that it is part of", "all of it"),
            new("1(g)", "The user interface for the deployer", "all of it"),
            new("1(h)", "Instructions for use for the deployer", "the instructions themselves", References, IntendedUse),
            new("2(a)", "How it was developed, with pre-trained systems and tools of third parties", "the steps beyond training", TrainingClaim, Parents, ParentDigests, FactKind.Framework, Code),
            new("2(b)", "Design specifications, choices, assumptions, what it optimises for", "the reasons and assumptions", Architecture, Hyperparameters),
            new("2(c)", "System architecture, and the computing resources used to develop, train, test and validate", "how components build on one another", Compute, FactKind.Environment, Architecture),
            new("2(d)", "Data requirements: training data sets, provenance, scope, selection, labelling, cleaning", "selection, labelling and cleaning", Datasets, DatasetDigests, DatasetDescriptions, DatasetCollection),
            new("2(e)", "Human oversight measures", "all of it"),
            new("2(f)", "Pre-determined changes and how compliance is kept", "all of it"),
            new("2(g)", "Validation and testing: data, metrics, results, signed test reports", "discriminatory impacts and who is responsible for the tests", Benchmarks, Signature, LogEntry),
            new("2(h)", "Cybersecurity measures", "measures other than integrity and recall", Signature, LogEntry, AdvisoryCheck, NoRecall),
            new("3", "Monitoring, functioning and control; capabilities, limitations, accuracy, input data", "monitoring and oversight", Limitations, Benchmarks),
            new("4", "Why the performance metrics are appropriate", "why they are appropriate", Benchmarks),
            new("5", "The risk management system", "all of it but the admission policy", FactKind.Decision),
            new("6", "Changes made through the lifecycle", "changes that leave no artifact", Parents, ParentAttestations, SigningTime),
            new("7", "Harmonised standards applied, or the solutions chosen instead", "the standards of the system; the signed formats alone are known", Signature, TrainingClaim),
            new("8", "A copy of the EU declaration of conformity", "all of it"),
            new("9", "How performance is evaluated after placing on the market", "the plan; only the look for advisories is known", AdvisoryCheck),
        ]);
}

using static Aixv.Export.Assessments.FactKind;

namespace Aixv.Export.Assessments;

/// <summary>Regulation (EU) 2024/1689, Annex XI: technical documentation of general-purpose AI models.</summary>
internal static class EuAiActAnnexXi
{
    public static Framework Value { get; } = new(
        "eu-ai-act-annex-xi",
        "EU AI Act, Annex XI (technical documentation of general-purpose AI models)",
        "Regulation (EU) 2024/1689, OJ L, 2024/1689, 12.7.2024",
        "http://data.europa.eu/eli/reg/2024/1689/oj",
        EuAiActAnnexIv.Note + " Section 2 is for models with systemic risk only.",
        [
            new("1.1(a)", "Intended tasks, and systems that it can be integrated in", "the kinds of systems", FactKind.Task, IntendedUse),
            new("1.1(b)", "Acceptable use policies", "the policies", IntendedUse),
            new("1.1(c)", "Date of release and ways of distribution", null, ReleaseDate, Distribution),
            new("1.1(d)", "Architecture and number of parameters", null, Architecture, ParameterSize),
            new("1.1(e)", "Modality and format of inputs and outputs", "formats of inputs and outputs", FactKind.Task),
            new("1.1(f)", "Licence", null, Licence),
            new("1.2(a)", "Technical means needed to integrate it", "instructions for use", FactKind.Framework, FactKind.Environment),
            new("1.2(b)", "Design, training process and techniques, key choices, what it optimises for", "the reasons for the choices", TrainingClaim, FactKind.Framework, Code, Hyperparameters, Parents),
            new("1.2(c)", "Data for training, testing and validation: type, provenance, curation, amount, biases", "curation, amounts and biases", Datasets, DatasetDigests, DatasetDescriptions, Parents, ParentDigests),
            new("1.2(d)", "Computing resources, training time and other details of training", null, Compute, TrainingTime, FactKind.Environment),
            new("1.2(e)", "Known or estimated energy consumption", "the consumption; only the compute it could be estimated from is known", Compute),
            new("2.1", "Evaluation strategies with results, criteria, metrics and limitations", "criteria and the way limitations were found", Benchmarks, Limitations),
            new("2.2", "Adversarial testing and adaptations of the model", "all of it"),
            new("2.3", "System architecture: how components build on one another", "all of it but the architecture's name", Architecture),
        ]);
}

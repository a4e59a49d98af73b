namespace Aixv.Export.Findings;

/// <summary>The techniques that findings can speak of: ATT&amp;CK Enterprise, and ATLAS 5.6.0.</summary>
internal static class Techniques
{
    /// <summary>The version of the ATLAS data that the ids were checked against.</summary>
    public const string AtlasVersion = "5.6.0";

    public static AttackTechnique CompromiseDependencies { get; } = new("T1195.001", "Compromise Software Dependencies and Development Tools", "initial-access");

    public static AttackTechnique CompromiseSupplyChain { get; } = new("T1195.002", "Compromise Software Supply Chain", "initial-access");

    public static AttackTechnique StoredDataManipulation { get; } = new("T1565.001", "Stored Data Manipulation", "impact");

    public static AttackTechnique CodeSigning { get; } = new("T1553.002", "Code Signing", "defense-evasion");

    public static AttackTechnique Timestomp { get; } = new("T1070.006", "Timestomp", "defense-evasion");

    public static AttackTechnique SupplyChain { get; } = new("AML.T0010", "AI Supply Chain Compromise", "AML.TA0004");

    public static AttackTechnique SupplyChainData { get; } = new("AML.T0010.002", "Data", "AML.TA0004");

    public static AttackTechnique SupplyChainModel { get; } = new("AML.T0010.003", "Model", "AML.TA0004");

    public static AttackTechnique UnsafeArtifacts { get; } = new("AML.T0011.000", "Unsafe AI Artifacts", "AML.TA0005");

    public static AttackTechnique ManipulateModel { get; } = new("AML.T0018", "Manipulate AI Model", "AML.TA0006");

    public static AttackTechnique PoisonModel { get; } = new("AML.T0018.000", "Poison AI Model", "AML.TA0006");

    public static AttackTechnique EmbedMalware { get; } = new("AML.T0018.002", "Embed Malware", "AML.TA0006");

    public static AttackTechnique PublishPoisonedDatasets { get; } = new("AML.T0019", "Publish Poisoned Datasets", "AML.TA0003");

    public static AttackTechnique PoisonTrainingData { get; } = new("AML.T0020", "Poison Training Data", "AML.TA0003");

    public static AttackTechnique PublishPoisonedModels { get; } = new("AML.T0058", "Publish Poisoned Models", "AML.TA0003");

    public static AttackTechnique ErodeDatasetIntegrity { get; } = new("AML.T0059", "Erode Dataset Integrity", "AML.TA0011");

    public static AttackTechnique Masquerading { get; } = new("AML.T0074", "Masquerading", "AML.TA0007");

    public static IReadOnlyList<AttackTechnique> All { get; } =
    [
        CompromiseDependencies, CompromiseSupplyChain, StoredDataManipulation, CodeSigning, Timestomp,
        SupplyChain, SupplyChainData, SupplyChainModel, UnsafeArtifacts, ManipulateModel, PoisonModel, EmbedMalware,
        PublishPoisonedDatasets, PoisonTrainingData, PublishPoisonedModels, ErodeDatasetIntegrity, Masquerading,
    ];
}

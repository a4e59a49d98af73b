using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using static Aixv.Export.Findings.Techniques;

namespace Aixv.Export.Findings;

/// <summary>
/// The one table from reason codes, classes and violations to techniques (docs/exports/findings.md). An advisory without a word of attack in its
/// reason code is a defect or a matter of rights, and has none: nothing is guessed.
/// </summary>
internal static class ThreatTable
{
    private static readonly string[] PoisonWords = ["backdoor", "poison", "trojan"];
    private static readonly string[] MalwareWords = ["malware", "malicious"];
    private static readonly string[] TamperWords = ["tamper", "compromis"];

    /// <summary>What an advisory speaks of, in the order of the table.</summary>
    public static IReadOnlyList<AttackTechnique> Of(AdvisoryFacts advisory)
    {
        var reason = advisory.Advisory.ReasonCode;
        var isDataset = advisory.Advisory.Class == AdvisoryClass.Dataset;
        var found = new List<AttackTechnique>();
        if (Says(reason, PoisonWords))
        {
            found.AddRange(isDataset ? [SupplyChainData, PoisonTrainingData, StoredDataManipulation] : [SupplyChainModel, PoisonModel, CompromiseSupplyChain]);
            if (!advisory.IsDirect)
            {
                found.AddRange(isDataset ? [PublishPoisonedDatasets, CompromiseDependencies] : [PublishPoisonedModels, CompromiseDependencies]);
            }
        }

        if (Says(reason, MalwareWords))
        {
            found.AddRange([SupplyChainModel, EmbedMalware, UnsafeArtifacts, CompromiseSupplyChain]);
        }

        if (Says(reason, TamperWords))
        {
            found.AddRange(isDataset
                ? [SupplyChainData, ErodeDatasetIntegrity, StoredDataManipulation]
                : [SupplyChainModel, ManipulateModel, CompromiseSupplyChain, StoredDataManipulation]);
        }

        return [.. found.Distinct()];
    }

    /// <summary>What a check that failed would have shown, had it happened: not that it did.</summary>
    public static IReadOnlyList<AttackTechnique> Of(ViolationCode violation) => violation switch
    {
        ViolationCode.SignatureNotVerified => [SupplyChainModel, CompromiseSupplyChain, CodeSigning],
        ViolationCode.SubjectNotConstrained
            or ViolationCode.SubjectNotAllowed
            or ViolationCode.SubjectDenied
            or ViolationCode.IssuerNotAllowed
            or ViolationCode.IssuerDenied
            or ViolationCode.CertificateClaimMismatch => [Masquerading, CodeSigning],
        ViolationCode.TransparencyMissing or ViolationCode.TimeMissing or ViolationCode.BundleTooOld => [CodeSigning],
        ViolationCode.BundleFromFuture => [CodeSigning, Timestomp],
        ViolationCode.PredicateMissing or ViolationCode.BundleMemberMissing => [SupplyChain, CompromiseSupplyChain],
        ViolationCode.LineageTierTooLow
            or ViolationCode.AncestorNotSigned
            or ViolationCode.LineageCycle
            or ViolationCode.LineageContradiction
            or ViolationCode.LineageIncomplete => [SupplyChain, CompromiseDependencies],
        ViolationCode.AdvisorySeverity or ViolationCode.AdvisoryActive or ViolationCode.AdvisoriesUnreadable => [],
    };

    private static bool Says(string reason, string[] words) => words.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase));
}

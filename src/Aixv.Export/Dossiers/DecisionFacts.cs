using Aixv.Protocol.Admission;
using Aixv.Protocol.Policies;

namespace Aixv.Export.Dossiers;

/// <summary>What a policy says of the artifact.</summary>
/// <param name="Decision">Made in the same command as the dossier.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Policy">What was asked.</param>
/// <param name="PolicySigner">Who signed the policy; null where that was not verified.</param>
/// <param name="Level">The assurance level that was asked for and is met by the policy, as <c>level-2</c>; null where none was.</param>
public sealed record DecisionFacts(AdmissionDecision Decision, Evidence Evidence, Policy Policy, SignerEvidence? PolicySigner, string? Level);

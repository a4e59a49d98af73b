using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;

namespace Aixv.Export.Reports;

/// <summary>What is missing for the next tier of evidence, and for the next assurance level.</summary>
internal static class Gaps
{
    public static IReadOnlyList<Gap> Of(Dossier dossier) =>
        [.. OfSignature(dossier), .. OfClaim(dossier), .. OfReferences(dossier), .. OfChecks(dossier), .. OfLineage(dossier), .. OfPolicy(dossier)];

    private static IEnumerable<Gap> OfSignature(Dossier dossier)
    {
        if (dossier.Bundle is null)
        {
            yield return new("No signature verifies: the artifact is identified by its digest, and nobody vouches for it.", "Sign it: aixv attest --sign, or aixv sign.");
        }
        else if (dossier.Bundle.LogEntry is null)
        {
            yield return new("The signature has no log entry with an inclusion proof.", "Sign with a transparency log, so that a signature made in secret would show.");
        }
    }

    private static IEnumerable<Gap> OfClaim(Dossier dossier)
    {
        if (dossier.Training is not { } training)
        {
            yield return new("No training attestation was found: parents, datasets and the training run are not known.", "Ask the publisher for one: aixv attest --predicate training --sign.");
            yield break;
        }

        if (training.Bundle is null)
        {
            yield return new("The training claim is not signed: anybody could have written it.", "Have its author sign it: aixv attest --sign.");
        }
        else if (!training.IsTrusted)
        {
            yield return new($"The training claim is signed by {training.Bundle.Signature.Signer.Subject}, who is not among the trusted signers.", "Name the signer in the policy (allow_subjects), or ask for a claim by somebody named there.");
        }

        if (dossier.Parents is null)
        {
            yield return new("The training claim says nothing of parent models, not even that there are none.", "State parent_models; an empty list says trained from scratch.");
        }

        if (dossier.Datasets is null)
        {
            yield return new("The training claim says nothing of datasets.", "State datasets, each with its digest.");
        }

        if (dossier.Run is null)
        {
            yield return new("The training run is not described.", "State training_run with code_digest and environment_digest.");
        }
        else if (dossier.Run is { CodeDigest: null } or { EnvironmentDigest: null })
        {
            var missing = dossier.Run.CodeDigest is not null ? "environment" : dossier.Run.EnvironmentDigest is not null ? "training code" : "training code and environment";
            yield return new($"The {missing} of the run has no digest, so the run cannot be repeated with certainty.", "State code_digest and environment_digest.");
        }
    }

    private static IEnumerable<Gap> OfReferences(Dossier dossier)
    {
        foreach (var (kind, list) in new[] { ("parent model", dossier.Parents), ("dataset", dossier.Datasets) })
        {
            if (list is not { } references)
            {
                continue;
            }

            if (Labels(references, EvidenceTier.Described) is { } described)
            {
                yield return new($"Only described, by a name or an address: {kind} {described}. What stands there can change.", "Name the digest in the claim.");
            }

            if (Labels(references, EvidenceTier.Identified) is { } identified)
            {
                yield return new($"Identified by digest, and not attested: {kind} {identified}.", "Ask whoever made it for a signed attestation, and take it into the store.");
            }
        }
    }

    private static IEnumerable<Gap> OfChecks(Dossier dossier)
    {
        if (!dossier.AdvisoriesWereChecked)
        {
            yield return new("No store of advisories was looked at: whether anything is recalled is not known.", "Pass --store DIR, or sync a feed.");
        }

        if (dossier.Benchmarks.IsEmpty)
        {
            yield return new("No evaluation is attested.", "Attest one: aixv attest --predicate evaluation --sign.");
        }

        foreach (var failure in dossier.Decision?.Evidence.SignatureFailures ?? [])
        {
            yield return new($"A signature was refused: {failure}", "Ask its author for another one, or remove it.");
        }

        foreach (var file in dossier.Decision?.Evidence.Unreadable ?? [])
        {
            yield return new($"A file of the advisory store cannot be read: {file}", "Repair the store: what the file says is not known.");
        }
    }

    private static IEnumerable<Gap> OfLineage(Dossier dossier)
    {
        if (dossier.Decision?.Evidence.Lineage is not { } lineage)
        {
            yield break;
        }

        if (!lineage.IsComplete)
        {
            yield return new(string.Create(CultureInfo.InvariantCulture, $"The lineage was judged to a depth of {lineage.Depth}; it goes further up."), "Raise max_depth of the policy's lineage rules.");
        }

        foreach (var sentence in lineage.Cycles.Concat(lineage.Contradictions))
        {
            yield return new(sentence, "Ask the signers: one of the claims is wrong.");
        }
    }

    private static IEnumerable<Gap> OfPolicy(Dossier dossier)
    {
        if (dossier.Decision is not { } decision)
        {
            yield return new("No policy was asked.", "Pass --policy FILE.");
            yield break;
        }

        if (Next(decision.Level) is { } level)
        {
            foreach (var sentence in AssuranceGate.Check(level, decision.Policy, decision.PolicySigner is not null))
            {
                yield return new($"The {sentence}.", "Change the policy, if this artifact's use asks for that level.");
            }
        }
    }

    private static AssuranceLevel? Next(string? level) => level switch
    {
        null => AssuranceLevel.Level2,
        "level-1" => AssuranceLevel.Level2,
        "level-2" => AssuranceLevel.Level3,
        _ => null,
    };

    /// <summary>Up to three labels and how many more; null where none has this tier.</summary>
    private static string? Labels(IReadOnlyCollection<ReferenceFacts> references, EvidenceTier tier)
    {
        var labels = references.Where(r => r.Tier == tier).Select(r => r.Label).ToList();
        return labels.Count switch
        {
            0 => null,
            <= 3 => string.Join(", ", labels.Select(label => ShownText.Of(label, 80))),
            _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", labels.Take(3).Select(label => ShownText.Of(label, 80)))} and {labels.Count - 3:N0} more"),
        };
    }
}

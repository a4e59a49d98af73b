using System.Security.Cryptography;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Boms;

/// <summary>Facts that no BOM standard has a member for, as names and values: signer, log, bundle, decision, and what the publisher declares of the run.</summary>
internal static class EvidenceProperties
{
    /// <summary>What stands behind the bill's statements.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Dossier dossier)
    {
        yield return ("aixv:evidence", StandingOf(dossier));
        foreach (var property in OfSignature(dossier).Concat(OfDecision(dossier.Decision)))
        {
            yield return property;
        }

        yield return ("aixv:advisories:checked", dossier.AdvisoriesWereChecked ? "true" : "false");
        if (dossier.TrustRoot is { } root)
        {
            yield return ("aixv:trust-root", root);
        }
    }

    /// <summary><c>attested</c> where a verified signature stands behind the training claim, <c>described</c> where nobody signed it, <c>none</c> without one.</summary>
    public static string StandingOf(Dossier dossier) => dossier.Training switch
    {
        null => "none",
        { Bundle: null } => "described",
        _ => "attested",
    };

    /// <summary>The same as a sentence.</summary>
    public static string SentenceOf(Dossier dossier) => dossier.Training switch
    {
        null => "No claim about the training of this artifact is known; parents, datasets and training run are unknown.",
        { Bundle: null } => "Parents, datasets and training run are described by a claim that nobody signed verifiably; they are not attested.",
        { Bundle: { } bundle } => $"Parents, datasets and training run are as {bundle.Signature.Signer} signed them; the signature was verified when this document was made. What the publisher declares (licence, supplier, description, intended use, data governance) is not attested.",
    };

    /// <summary>What is known of the artifact and its run beyond the members of the standards.</summary>
    public static IEnumerable<(string Name, string Value)> OfArtifact(Dossier dossier)
    {
        (string Name, string? Value)[] all =
        [
            ("aixv:artifact:size", dossier.Artifact.Size is { } size ? FactText.Of(size) : null),
            ("aixv:artifact:uri", dossier.Artifact.Uri is { } uri && BomUris.OrNull(uri) is null ? uri : null),
            ("aixv:artifact:type", dossier.Artifact.Type),
            ("aixv:declared:format", dossier.Declared.Format),
            ("aixv:declared:precision", dossier.Declared.Precision),
            ("aixv:declared:parameter-size", dossier.Declared.ParameterSize),
            ("aixv:declared:library", dossier.Declared.Library),
            ("aixv:declared:languages", dossier.Declared.Languages.IsEmpty ? null : string.Join(", ", dossier.Declared.Languages)),
            ("aixv:declared:released-at", dossier.Declared.ReleasedAt is { } time ? FactText.Of(time) : null),
        ];
        return all.Where(p => p.Value is not null).Select(p => (p.Name, p.Value!));
    }

    /// <summary>The same with the media type, for standards whose packages have no member for it.</summary>
    public static IEnumerable<(string Name, string Value)> OfPackage(Dossier dossier) =>
        dossier.Artifact.MediaType is { } type ? [("aixv:artifact:media-type", type), .. OfArtifact(dossier)] : OfArtifact(dossier);

    /// <summary>The claim's hyperparameters, compute and other members of the run.</summary>
    public static IEnumerable<(string Name, string Value)> OfRun(TrainingFacts? run)
    {
        foreach (var (group, members) in run is null ? [] : new[] { ("hyperparameter", run.Hyperparameters), ("compute", run.Compute), ("run", run.Others) })
        {
            foreach (var (name, value) in members)
            {
                yield return ($"aixv:{group}:{name}", FactText.Of(value));
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> OfSignature(Dossier dossier)
    {
        if (dossier.Bundle is not { } bundle)
        {
            yield break;
        }

        var signer = bundle.Signature.Signer;
        yield return ("aixv:signer", signer.Subject);
        if (signer.Issuer is { } issuer)
        {
            yield return ("aixv:signer:issuer", issuer);
        }

        foreach (var (name, value) in signer.Claims)
        {
            yield return ($"aixv:signer:claim:{name}", value);
        }

        if (bundle.Certificate is { } certificate)
        {
            yield return ("aixv:signer:certificate-sha256", Convert.ToHexStringLower(SHA256.HashData(certificate.Span)));
        }

        foreach (var entry in bundle.Signature.LogEntries)
        {
            yield return ("aixv:log", entry.Log);
            yield return ("aixv:log:index", FactText.Of(entry.Index));
        }

        // Verified with the bundle: size and root are those of the signed checkpoint.
        if (bundle.LogEntry is { Inclusion: { } proof } logged)
        {
            yield return ("aixv:log:id", Convert.ToHexStringLower(logged.LogId.Span));
            yield return ("aixv:log:tree-size", FactText.Of(proof.TreeSize));
            yield return ("aixv:log:root-hash", Convert.ToHexStringLower(proof.RootHash.Span));
        }

        if (bundle.Signature.IntegratedTime is { } time)
        {
            yield return ("aixv:log:integrated-time", FactText.Of(time));
        }

        yield return ("aixv:bundle:sha256", bundle.Digest.Hex);
        yield return ("aixv:bundle:media-type", bundle.MediaType);
        if (bundle.Location is { } location)
        {
            yield return ("aixv:bundle:location", location);
        }
    }

    private static IEnumerable<(string Name, string Value)> OfDecision(DecisionFacts? facts)
    {
        if (facts is null)
        {
            yield break;
        }

        var decision = facts.Decision;
        yield return ("aixv:decision", decision.Decision.ToWord());
        yield return ("aixv:decision:decided-at", FactText.Of(decision.DecidedAt));
        yield return ("aixv:decision:policy-sha256", decision.PolicyDigest.Hex);
        if (decision.PolicyId is { } policy)
        {
            yield return ("aixv:decision:policy", policy);
        }

        if (facts.Level is { } level)
        {
            yield return ("aixv:decision:level", level);
        }

        foreach (var violation in decision.Violations)
        {
            yield return (decision.Waived.ContainsKey(violation) ? "aixv:decision:waived" : "aixv:decision:violation", $"{violation.Code.ToCode()}: {violation.Message}");
        }
    }
}

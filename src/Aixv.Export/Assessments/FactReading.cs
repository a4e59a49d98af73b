using System.Collections.Immutable;
using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Assessments;

/// <summary>Reads what a dossier knows of each kind of fact, and what stands behind it: explicit rules, one for each kind.</summary>
internal sealed class FactReading(Dossier dossier)
{
    private readonly Dictionary<FactKind, Fact> read = [];

    public Fact Of(FactKind kind)
    {
        if (!read.TryGetValue(kind, out var fact))
        {
            fact = Read(kind);
            read.Add(kind, fact);
        }

        return fact;
    }

    private DeclaredFacts Declared => dossier.Declared;

    private Fact Read(FactKind kind) => kind switch
    {
        FactKind.Digest => new(kind, dossier.Bundle is null ? Standing.Described : Standing.Attested, $"the digest {dossier.Artifact.Digest}", [Artifact, .. Bundle]),
        FactKind.Name => Plain(kind, dossier.Artifact.Name, "the name"),
        FactKind.Version => Plain(kind, dossier.Artifact.Version, "a version"),
        FactKind.Identifier => Plain(kind, dossier.Artifact.Purl ?? Uris.AbsoluteOrNull(dossier.Artifact.Uri), "an identifier beside the digest"),
        FactKind.Tool => new(kind, Standing.Declared, $"the tool, aixv {dossier.ToolVersion}", [new("tool", null, $"aixv {dossier.ToolVersion}")]),
        FactKind.Signature => dossier.Bundle is { } bundle
            ? new(kind, Standing.Attested, $"a signature by {bundle.Signature.Signer.Subject}", Bundle)
            : Absent(kind, "a signature that verifies (aixv attest --sign)"),
        FactKind.LogEntry => dossier.Bundle is { Signature.LogEntries: [var entry, ..] }
            ? new(kind, Standing.Attested, string.Create(CultureInfo.InvariantCulture, $"an entry of a transparency log, index {entry.Index}"), Bundle)
            : Absent(kind, "an entry of a transparency log"),
        FactKind.SigningTime => dossier.Bundle?.Signature.IntegratedTime is { } time
            ? new(kind, Standing.Attested, $"a verified time of signing, {Sigstore.Json.Rfc3339.Format(time)}", Bundle)
            : Absent(kind, "a verified time of signing"),
        FactKind.TrustedSigner => dossier.Attestations.FirstOrDefault(a => a.IsTrusted) is { } trusted
            ? new(kind, Standing.Attested, "a signer whom the policy trusts", EvidenceOf(trusted))
            : Absent(kind, "a signer whom a policy trusts (--policy FILE)"),
        FactKind.Parents => References(kind, dossier.Parents, "parent model", "where the model comes from (parent_models)"),
        FactKind.ParentDigests => Every(kind, dossier.Parents, p => p.Digest is not null, "a digest of every parent model"),
        FactKind.ParentAttestations => Every(kind, dossier.Parents, p => p.Tier == EvidenceTier.Attested, "an attestation of every parent model"),
        FactKind.Datasets => References(kind, dossier.Datasets, "dataset", "what it was trained on (datasets)"),
        FactKind.DatasetDigests => Every(kind, dossier.Datasets, d => d.Digest is not null, "a digest of every dataset"),
        FactKind.DatasetNames => Every(kind, dossier.Datasets, d => d.Name is not null, "a name of every dataset"),
        FactKind.DatasetAddresses => Every(kind, dossier.Datasets, d => d.Uri is not null, "an address of every dataset"),
        FactKind.DatasetDescriptions => DeclaredOfDatasets(kind, d => d.Description, "descriptions of datasets"),
        FactKind.DatasetLicences => DeclaredOfDatasets(kind, d => d.Licence, "licences of datasets"),
        FactKind.DatasetCollection => DeclaredOfDatasets(kind, d => d.CollectedAt, "when datasets were collected"),
        FactKind.TrainingClaim => Claimed(kind, dossier.Training is not null, "a training claim"),
        FactKind.TrainingTime => Claimed(kind, dossier.Run?.FinishedOn is not null || dossier.Run?.StartedOn is not null, "when it was trained"),
        FactKind.Framework => Claimed(kind, dossier.Run?.Framework is not null, "the training framework"),
        FactKind.Code => Claimed(kind, dossier.Run is { CodeDigest: not null } or { CodeUri: not null }, "the training code"),
        FactKind.Environment => Claimed(kind, dossier.Run is { EnvironmentDigest: not null } or { EnvironmentUri: not null }, "the training environment"),
        FactKind.Hyperparameters => Claimed(kind, dossier.Run?.Hyperparameters.Count > 0, "hyperparameters"),
        FactKind.Compute => Claimed(kind, dossier.Run?.Compute.Count > 0, "compute"),
        FactKind.Benchmarks => Benchmarks(kind),
        FactKind.AdvisoryCheck => dossier.AdvisoriesWereChecked
            ? new(kind, OfAdvisories, string.Create(CultureInfo.InvariantCulture, $"a look at a store of advisories: {dossier.Advisories.Length} about the artifact"), Advisories)
            : Absent(kind, "a look at a store of advisories (--store DIR)"),
        FactKind.NoRecall => !dossier.AdvisoriesWereChecked ? Absent(kind, "a look at a store of advisories (--store DIR)")
            : dossier.Advisories.Where(a => a.IsRecall).Select(a => a.Advisory.Id).ToList() is { Count: > 0 } recalls
                ? Absent(kind, $"that no active advisory recalls it: {string.Join(", ", recalls)} {(recalls.Count == 1 ? "does" : "do")}")
                : new(kind, OfAdvisories, "no active advisory of a trusted signer recalls it", Advisories),
        FactKind.Decision => Decision(kind, isAdmitted: true),
        FactKind.Admission => Decision(kind, dossier.Decision?.Decision.IsAdmitted == true),
        FactKind.Licence => Plain(kind, Declared.Licence, "a licence"),
        FactKind.Description => Plain(kind, Declared.Description, "a description"),
        FactKind.Supplier => Plain(kind, Declared.Supplier?.Name, "a supplier"),
        FactKind.ReleaseDate => Plain(kind, Declared.ReleasedAt is { } date ? Sigstore.Json.Rfc3339.Format(date) : null, "a date of release"),
        FactKind.Distribution => Plain(kind, Declared.DownloadLocation, "where it is distributed"),
        FactKind.Task => Plain(kind, Declared.Task, "the task"),
        FactKind.Architecture => Plain(kind, Declared.Architecture ?? Declared.ArchitectureFamily, "the architecture"),
        FactKind.ParameterSize => Plain(kind, Declared.ParameterSize, "the number of parameters"),
        FactKind.IntendedUse => Plain(kind, Declared.IntendedUse, "the intended use"),
        FactKind.Limitations => Plain(kind, Declared.Limitations, "limitations"),
        FactKind.References => Plain(kind, Declared.Homepage, "a page that describes it"),
    };

    private AssessedEvidence Artifact => new("artifact", dossier.Artifact.Digest.ToString(), dossier.Artifact.Uri);

    private ImmutableArray<AssessedEvidence> Bundle => dossier.Bundle is { } bundle ? [new("sigstore-bundle", bundle.Digest.ToString(), bundle.Location)] : [];

    /// <summary>That a store holds none is nobody's signed word: one that withholds would look the same.</summary>
    private Standing OfAdvisories => dossier.Advisories.Any(a => a.IsTrusted) ? Standing.Attested : Standing.Described;

    private ImmutableArray<AssessedEvidence> Advisories => dossier.Advisories.IsEmpty ? [new("advisory-store", null, dossier.AdvisoryFeed)] : [.. dossier.Advisories.Select(a => new AssessedEvidence("advisory", null, a.Location ?? a.Advisory.Id))];

    private static ImmutableArray<AssessedEvidence> EvidenceOf(AttestationFacts? attestation) => attestation is null ? []
        : attestation.Bundle is { } bundle ? [new("sigstore-bundle", bundle.Digest.ToString(), bundle.Location)]
        : [new("statement", attestation.Digest.ToString(), attestation.Location)];

    private static Fact Absent(FactKind kind, string what) => new(kind, Standing.Absent, what, []);

    /// <summary>The publisher's word.</summary>
    private static Fact Plain(FactKind kind, string? value, string what) => string.IsNullOrEmpty(value)
        ? Absent(kind, what)
        : new(kind, Standing.Declared, $"{what}: {Short(value)}", [new("declaration", null, null)]);

    private static string Short(string text) => text.Length <= 120 ? text.TrimEnd('.') : $"{text[..(char.IsHighSurrogate(text[119]) ? 119 : 120)]}…";

    /// <summary>Something of the training claim: as much as its signature.</summary>
    private Fact Claimed(FactKind kind, bool isThere, string what) => isThere ? new(kind, OfTraining, what, EvidenceOf(dossier.Training)) : Absent(kind, what);

    private Standing OfTraining => dossier.Training?.Bundle is null ? Standing.Described : Standing.Attested;

    private Fact References(FactKind kind, ImmutableArray<ReferenceFacts>? references, string one, string missing) => references switch
    {
        null => Absent(kind, missing),
        [] => new(kind, OfTraining, $"the claim names no {one}", EvidenceOf(dossier.Training), DoesNotArise: true),
        { } some => new(kind, OfTraining, string.Create(CultureInfo.InvariantCulture, $"{some.Length} {one}{(some.Length == 1 ? "" : "s")}"), EvidenceOf(dossier.Training)),
    };

    private Fact Every(FactKind kind, ImmutableArray<ReferenceFacts>? references, Func<ReferenceFacts, bool> has, string what) => references switch
    {
        null => Absent(kind, what),
        [] => new(kind, OfTraining, $"{what}: the claim names none", EvidenceOf(dossier.Training), DoesNotArise: true),
        { } all when all.All(has) => new(kind, OfTraining, what, EvidenceOf(dossier.Training)),
        { } all => Absent(kind, string.Create(CultureInfo.InvariantCulture, $"{what} ({all.Count(has)} of {all.Length})")),
    };

    private Fact DeclaredOfDatasets(FactKind kind, Func<DeclaredDataset, object?> value, string what) =>
        dossier.Datasets is { } all && all.Count(d => d.Declared is { } declared && value(declared) is not null) is > 0 and var count
            ? new(kind, Standing.Declared, string.Create(CultureInfo.InvariantCulture, $"{what} ({count} of {all.Length})"), [new("declaration", null, null)])
            : Absent(kind, what);

    private Fact Benchmarks(FactKind kind)
    {
        if (dossier.Benchmarks.IsEmpty)
        {
            return Absent(kind, "results of an evaluation (aixv attest --predicate evaluation)");
        }

        var digests = dossier.Benchmarks.Select(b => b.Evidence).ToHashSet();
        return new(
            kind,
            dossier.Benchmarks.All(b => b.IsAttested) ? Standing.Attested : Standing.Described,
            $"results of {string.Join(", ", dossier.Benchmarks.Select(b => Short($"{b.Name} ({b.Metric})")))}",
            [.. dossier.Attestations.Where(a => digests.Contains(a.Digest)).SelectMany(a => EvidenceOf(a))]);
    }

    private Fact Decision(FactKind kind, bool isAdmitted) => dossier.Decision?.Decision is not { } decision
        ? Absent(kind, "a decision by a policy (--policy FILE)")
        : isAdmitted
            ? new(kind, Standing.Attested, $"a decision by a policy: {decision.Decision.ToWord()}", [new("policy", decision.PolicyDigest.ToString(), decision.PolicyId)])
            : Absent(kind, $"admission: the policy says {decision.Decision.ToWord()}");
}

using System.Collections.Immutable;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Dossiers;

/// <summary>An advisory that names the artifact, or comes to it by its lineage, as it stands now.</summary>
/// <param name="Advisory">What it says. Its text is untrusted.</param>
/// <param name="Signer">Who signed it; null where nobody did, verifiably.</param>
/// <param name="IsTrusted">Whether the signer is one whose advisories count here.</param>
/// <param name="FirstSeen">The verified time of its first record; null where none is verified.</param>
/// <param name="LastSeen">The verified time of the record that holds now.</param>
/// <param name="Path">How it comes to the artifact, from what the advisory names to the artifact; empty where it names the artifact itself.</param>
/// <param name="IsCertain">Whether every step of the path is attested by a trusted signer; true for an empty path.</param>
/// <param name="Location">The record, for people.</param>
public sealed record AdvisoryFacts(
    Advisory Advisory,
    SignerEvidence? Signer,
    bool IsTrusted,
    DateTimeOffset? FirstSeen,
    DateTimeOffset? LastSeen,
    ImmutableArray<AdvisoryStep> Path,
    bool IsCertain,
    string? Location)
{
    public bool IsActive => Advisory.Status == AdvisoryStatus.Active;

    /// <summary>Active, by a trusted signer, and certainly about this artifact: a recall that a decision may rest on.</summary>
    public bool IsRecall => IsActive && IsTrusted && IsCertain;

    /// <summary>Whether it names this very artifact, rather than reaching it by lineage.</summary>
    public bool IsDirect => Path.IsEmpty;
}

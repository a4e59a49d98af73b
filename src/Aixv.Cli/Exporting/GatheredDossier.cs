using Aixv.Cli.Admitting;
using Aixv.Export.Dossiers;

namespace Aixv.Cli.Exporting;

/// <summary>A dossier, and what was learned on the way to it.</summary>
/// <param name="Attestations">How many attestations are signed by whom the caller trusts, and what is required and not so.</param>
/// <param name="Warnings">What could not be read, or does not hold.</param>
internal sealed record GatheredDossier(Dossier Dossier, AttestationTrust Attestations, IReadOnlyList<string> Warnings);

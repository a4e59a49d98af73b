using Aixv.Export.Catalogs;
using Aixv.Export.Dossiers;

namespace Aixv.Cli.Publishing.Cards;

/// <summary>One file of the model that a card speaks of.</summary>
/// <param name="Shown">Its path from the card.</param>
/// <param name="Failures">Why bundles beside it do not count.</param>
internal sealed record CardSubject(string Shown, Dossier Dossier, ModelCardLinks Links, IReadOnlyList<string> Failures);

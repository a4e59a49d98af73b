using Aixv.Cli.Trust;

namespace Aixv.Cli.Admitting;

/// <summary>A store that was opened to be asked.</summary>
/// <param name="View">What it holds.</param>
/// <param name="Material">What signatures were verified with; null where none was.</param>
/// <param name="Note">What the user should know of that, or null.</param>
internal sealed record OpenedStore(StoreView View, TrustMaterial? Material, string? Note);

using System.Collections.Immutable;

namespace Aixv.Export.Assessments;

/// <summary>A list of items that evidence is held against.</summary>
/// <param name="Id">Stable: what <c>--framework</c> takes.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">The edition that the list was taken from.</param>
/// <param name="Source">Where that edition is.</param>
/// <param name="Note">What a reader must know before relying on the list.</param>
public sealed record Framework(string Id, string Name, string Version, string Source, string Note, ImmutableArray<FrameworkItem> Items);

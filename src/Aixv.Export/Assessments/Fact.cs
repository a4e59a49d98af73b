using System.Collections.Immutable;

namespace Aixv.Export.Assessments;

/// <summary>A fact of a dossier, as items of frameworks see it.</summary>
/// <param name="What">What was found, or what is missing: a phrase for people.</param>
/// <param name="DoesNotArise">The evidence says that there is none to know, such as parents of what was trained from scratch.</param>
internal sealed record Fact(FactKind Kind, Standing Standing, string What, ImmutableArray<AssessedEvidence> Evidence, bool DoesNotArise = false);

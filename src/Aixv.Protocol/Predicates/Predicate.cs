using System.Text.Json.Nodes;

namespace Aixv.Protocol.Predicates;

/// <summary>A claim about an artifact.</summary>
/// <param name="Uri">The type of the claim, as statements name it.</param>
/// <param name="Name">A short name that is safe in file names: lower-case letters, digits and dashes.</param>
/// <param name="Version">The version in the URI, as <c>v1</c>; <c>v0</c> where it has none.</param>
/// <param name="Content">The claim.</param>
/// <param name="IsValidated">Whether <paramref name="Content"/> was checked against a schema; false for types that AIXV does not define.</param>
public sealed record Predicate(string Uri, string Name, string Version, JsonObject Content, bool IsValidated);

namespace Aixv.Authority.Identity;

/// <summary>What may be shown of an account.</summary>
/// <param name="Kind"><c>user</c> or <c>machine</c>.</param>
/// <param name="Subject">The token subject, or null for the default.</param>
public sealed record AccountSummary(string Name, string Kind, string? Email, string? Subject);

namespace Aixv.Export.Dossiers;

/// <summary>A person or an organisation, as the publisher names it. Untrusted text.</summary>
public sealed record DeclaredParty(string Name, string? Url = null, string? Email = null, bool IsPerson = false);

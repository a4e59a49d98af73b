namespace Aixv.Authority.Identity;

/// <summary>Who may get tokens from this issuer: a person with a password, or a machine with a generated secret.</summary>
internal sealed record Account
{
    /// <summary>The login name of a person, or the client id of a machine; unique, 1 to 64 of letters, digits, <c>.</c>, <c>_</c>, <c>-</c>.</summary>
    public required string Name { get; init; }

    public required bool IsMachine { get; init; }

    /// <summary>The address in a person's certificates; null for machines.</summary>
    public string? Email { get; init; }

    /// <summary>The token's <c>sub</c>, or null for the default: a person's name, a machine's URL <c>&lt;issuer&gt;/machines/&lt;name&gt;</c>.</summary>
    public string? Subject { get; init; }

    public required PasswordHash Hash { get; init; }

    /// <summary>The token's <c>sub</c>.</summary>
    public string SubjectAt(string issuer) => Subject ?? (IsMachine ? $"{issuer}/machines/{Name}" : Name);
}

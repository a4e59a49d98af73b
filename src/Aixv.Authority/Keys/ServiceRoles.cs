using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Aixv.Authority.Keys;

/// <summary>The names of services on the command line.</summary>
public static class ServiceRoles
{
    /// <summary>The word that stands for every service.</summary>
    public const string All = "all";

    private static readonly ImmutableDictionary<string, ServiceRole> ByName = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("oidc", ServiceRole.Oidc),
        KeyValuePair.Create("ca", ServiceRole.CertificateAuthority),
        KeyValuePair.Create("ctlog", ServiceRole.CtLog),
        KeyValuePair.Create("rekor", ServiceRole.Rekor),
        KeyValuePair.Create("tsa", ServiceRole.TimestampAuthority),
        KeyValuePair.Create("tuf", ServiceRole.Tuf),
    ]);

    /// <summary><c>ca</c>, <c>ctlog</c>, <c>oidc</c>, <c>rekor</c>, <c>tsa</c>, <c>tuf</c>, <c>all</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal), All];

    /// <summary>The services that a name stands for.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out IReadOnlyList<ServiceRole>? roles)
    {
        roles = name == All ? Enum.GetValues<ServiceRole>() : ByName.TryGetValue(name, out var role) ? [role] : null;
        return roles is not null;
    }
}

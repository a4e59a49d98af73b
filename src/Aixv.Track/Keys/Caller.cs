using System.Collections.Frozen;
using Aixv.Track.Tenants;

namespace Aixv.Track.Keys;

/// <summary>Who makes a request, once that is known.</summary>
/// <param name="Tenant">Whose data it is about.</param>
/// <param name="Actor">As entries name it: <c>key:UUID</c>, <c>jwt:subject</c>, <c>operator</c>.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(Tenant Tenant, string Actor, FrozenSet<string> Scopes)
{
    public bool May(string scope) => Scope.Allows(Scopes, scope);
}

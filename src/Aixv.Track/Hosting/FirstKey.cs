namespace Aixv.Track.Hosting;

/// <summary>What a new registry begins with. The keys are nowhere else: show them once.</summary>
/// <param name="Tenant">The first tenant's name.</param>
/// <param name="TenantId">Its id.</param>
/// <param name="AdminKey">May do everything in that tenant.</param>
/// <param name="OperatorKey">May make and limit tenants.</param>
public sealed record FirstKey(string Tenant, string TenantId, string AdminKey, string OperatorKey);

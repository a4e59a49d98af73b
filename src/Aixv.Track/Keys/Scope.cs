namespace Aixv.Track.Keys;

/// <summary>What a key allows: <c>resource:action</c>. <c>resource:*</c> allows every action, <c>admin</c> everything of the tenant.</summary>
internal static class Scope
{
    public const string ModelsRead = "models:read";
    public const string ModelsWrite = "models:write";
    public const string DatasetsRead = "datasets:read";
    public const string DatasetsWrite = "datasets:write";
    public const string AgentsRead = "agents:read";
    public const string AgentsWrite = "agents:write";
    public const string ReceiptsRead = "receipts:read";
    public const string ReceiptsWrite = "receipts:write";
    public const string AttestationsRead = "attestations:read";
    public const string AttestationsWrite = "attestations:write";
    public const string ImportWrite = "import:write";
    public const string WebhooksRead = "webhooks:read";
    public const string WebhooksWrite = "webhooks:write";
    public const string AuditRead = "audit:read";
    public const string KeysRead = "keys:read";
    public const string KeysWrite = "keys:write";

    /// <summary>Everything of one tenant, its keys among it.</summary>
    public const string Admin = "admin";

    /// <summary>Tenants themselves: only keys of the system tenant have it.</summary>
    public const string Operator = "operator";

    /// <summary>The scopes that a key can be given, beside <c>resource:*</c> of these.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ModelsRead, ModelsWrite, DatasetsRead, DatasetsWrite, AgentsRead, AgentsWrite, ReceiptsRead, ReceiptsWrite, AttestationsRead,
        AttestationsWrite, ImportWrite, WebhooksRead, WebhooksWrite, AuditRead, KeysRead, KeysWrite, Admin,
    ];

    /// <summary>Whether this can be written into a key.</summary>
    public static bool IsKnown(string scope) => All.Contains(scope)
        || (scope.EndsWith(":*", StringComparison.Ordinal) && All.Any(s => s.StartsWith(scope[..^1], StringComparison.Ordinal)));

    /// <summary>Whether the granted scopes allow the wanted one.</summary>
    public static bool Allows(IReadOnlyCollection<string> granted, string wanted)
    {
        if (wanted == Operator)
        {
            return granted.Contains(Operator);
        }

        var colon = wanted.IndexOf(':', StringComparison.Ordinal);
        return granted.Contains(wanted) || granted.Contains(Admin) || (colon > 0 && granted.Contains(string.Concat(wanted.AsSpan(0, colon), ":*")));
    }

    /// <summary>Whether who has these scopes may give this one away.</summary>
    public static bool IsCoveredBy(IReadOnlyCollection<string> granted, string scope) => granted.Contains(Operator)
        || (scope != Operator && (granted.Contains(Admin) || (scope != Admin && (granted.Contains(scope) || Allows(granted, scope)))));
}

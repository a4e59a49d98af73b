namespace Aixv.Track.Tenants;

/// <summary>Whether a tenant may use the server.</summary>
internal enum TenantStatus
{
    Active = 0,

    /// <summary>Its keys are refused; its entries and receipts stay.</summary>
    Suspended = 1,
}

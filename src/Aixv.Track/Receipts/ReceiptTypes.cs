using Aixv.Track.Hosting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Receipts;

/// <summary>The words of receipts: types are kinds of entries, and some of these have another name in the documentation.</summary>
internal static class ReceiptTypes
{
    /// <summary>The kind of entry that a type names.</summary>
    public static string KindOf(string type) => type switch
    {
        "model.attestation" or "maip_model_attestation" => "model.attested",
        "data.attestation" or "maip_dataset_attestation" => "dataset.attested",
        "genesis" or "maip_genesis" => "agent.registered",
        _ => type,
    };

    public static string WordOf(ReceiptState state) => state switch
    {
        ReceiptState.Active => "active",
        ReceiptState.Superseded => "superseded",
        ReceiptState.Revoked => "revoked",
    };

    /// <exception cref="ApiError">No status.</exception>
    public static ReceiptState? ParseState(string? word) => word switch
    {
        null => null,
        "active" or "valid" => ReceiptState.Active,
        "superseded" => ReceiptState.Superseded,
        "revoked" => ReceiptState.Revoked,
        _ => throw ApiError.InvalidInput("status", "expected one of active, superseded, revoked"),
    };
}

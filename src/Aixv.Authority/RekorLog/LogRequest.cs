using Aixv.Sigstore.Json;

namespace Aixv.Authority.RekorLog;

/// <summary>A checked <c>CreateEntryRequest</c>: the entry that will be stored.</summary>
/// <param name="Kind">The entry's kind; its version is 0.0.2.</param>
/// <param name="Body">The canonical (RFC 8785) entry.</param>
internal sealed record LogRequest(string Kind, byte[] Body)
{
    public const string Version = "0.0.2";

    /// <summary>Envelopes carry their payload, which is hashed and not stored.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    /// <exception cref="FormatException">Malformed, or a signature that does not verify.</exception>
    public static LogRequest Read(ReadOnlyMemory<byte> json)
    {
        var request = ProtoObject.Parse(json, MaximumBytes).Only("hashedRekordRequestV002", "dsseRequestV002");
        return (request.Message("hashedRekordRequestV002"), request.Message("dsseRequestV002")) switch
        {
            ({ } hashed, null) => new("hashedrekord", HashedRekordEntry.Read(hashed)),
            (null, { } envelope) => new("dsse", DsseEntry.Read(envelope)),
            _ => throw new FormatException("$: expected exactly one of hashedRekordRequestV002 and dsseRequestV002"),
        };
    }
}

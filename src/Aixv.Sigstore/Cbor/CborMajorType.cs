namespace Aixv.Sigstore.Cbor;

/// <summary>The kind of a CBOR data item: the first three bits (RFC 8949 §3.1).</summary>
public enum CborMajorType
{
    UnsignedInteger = 0,
    NegativeInteger,
    Bytes,
    Text,
    Array,
    Map,
    Tag,

    /// <summary>Floating-point numbers, false, true, null, undefined and other simple values.</summary>
    Simple,
}

namespace Aixv.Export.Boms;

/// <summary>What kind of value a member has.</summary>
internal enum BomValue
{
    Text = 0,

    /// <summary>RFC 3339.</summary>
    Time,
    Integer,
    Flag,

    /// <summary>One of the words of the standard.</summary>
    Word,
    Object,

    /// <summary>A bom-ref: in XML an element with the attribute <c>ref</c>.</summary>
    Reference,

    /// <summary>The same, in protobuf a message with the reference as its first field.</summary>
    ReferenceMessage,
}

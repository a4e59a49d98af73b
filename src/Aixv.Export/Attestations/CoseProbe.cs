using Aixv.Export.Formats;
using Aixv.Sigstore.Cose;

namespace Aixv.Export.Attestations;

/// <summary>COSE messages among documents.</summary>
internal static class CoseProbe
{
    /// <summary>Tag 18, which a message of these standards begins with.</summary>
    private const byte TaggedSign1 = 0xd2;

    /// <summary>The message; null where the document is none.</summary>
    public static CoseSign1? Read(DocumentProbe document) =>
        document.Bytes.Span is [TaggedSign1, ..] && CoseSign1.TryParse(document.Bytes, out var message, out _) ? message : null;
}

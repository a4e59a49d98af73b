using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Aixv.Sigstore.Cose;

/// <summary>The crit parameter (RFC 9052 §3.1): labels that a verifier must understand or refuse the message.</summary>
internal static class CriticalHeader
{
    private static readonly FrozenSet<CoseLabel> Known = FrozenSet.ToFrozenSet<CoseLabel>(
    [
        CoseLabels.Algorithm, CoseLabels.ContentType, CoseLabels.KeyId, CoseLabels.CwtClaims, CoseLabels.X5Chain, CoseLabels.X5T,
        CoseLabels.PayloadHashAlgorithm, CoseLabels.PreimageContentType, CoseLabels.PayloadLocation, CoseLabels.VerifiableDataStructure,
    ]);

    internal static CoseRejection? Check(CoseHeaders headers, CoseHeaders unprotected, ImmutableHashSet<CoseLabel> understood)
    {
        if (unprotected.Contains(CoseLabels.Critical))
        {
            return new(CoseRejectionReason.Malformed, "crit is not in the protected header");
        }

        if (headers.Reader(CoseLabels.Critical) is not { } reader)
        {
            return null;
        }

        try
        {
            var count = reader.ReadArray();
            if (count == 0)
            {
                return new(CoseRejectionReason.Malformed, "crit names nothing");
            }

            for (; count > 0; count--)
            {
                var label = CoseLabel.Read(reader);
                if (!headers.Contains(label))
                {
                    return new(CoseRejectionReason.Malformed, $"parameter {label} is critical and not in the protected header");
                }

                if (!Known.Contains(label) && !understood.Contains(label))
                {
                    return new(CoseRejectionReason.CriticalUnknown, $"parameter {label} is critical and not understood");
                }
            }

            return null;
        }
        catch (FormatException e)
        {
            return new(CoseRejectionReason.Malformed, e.Message);
        }
    }
}

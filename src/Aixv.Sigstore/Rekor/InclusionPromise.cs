using System.Globalization;
using System.Text;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Trust;

namespace Aixv.Sigstore.Rekor;

/// <summary>Rekor v1's signed entry timestamp: the log's signature over the entry, its index and its time.</summary>
public static class InclusionPromise
{
    /// <summary>The signed bytes: RFC 8785 JSON of body, integratedTime, logID and logIndex.</summary>
    public static byte[] SignedData(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var body = Convert.ToBase64String(entry.CanonicalizedBody.Span);
        var time = entry.IntegratedTime.ToString(CultureInfo.InvariantCulture);
        var index = entry.LogIndex.ToString(CultureInfo.InvariantCulture);
        var logId = Convert.ToHexStringLower(entry.LogId.Span);
        return Encoding.ASCII.GetBytes($$"""{"body":"{{body}}","integratedTime":{{time}},"logID":"{{logId}}","logIndex":{{index}}}""");
    }

    internal static bool Verify(LogEntry entry, TrustedLog log) =>
        entry.InclusionPromise is { } promise && log.Key.Verify(SignedData(entry), promise.Span, log.Scheme);
}

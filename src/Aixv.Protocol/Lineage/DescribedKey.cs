using System.Security.Cryptography;
using System.Text;

namespace Aixv.Protocol.Lineage;

/// <summary>The key of a node that has no digest: a hash of its URI, or of its name where it has no URI.</summary>
/// <remarks>Never equal to a digest that a look-up finds: described nodes are flagged, and look-ups by digest pass them over.</remarks>
internal static class DescribedKey
{
    internal static byte[] Of(string? uri, string? name) => uri is not null
        ? Hash("aixv lineage uri\0", uri)
        : Hash("aixv lineage name\0", name ?? throw new ArgumentException("A described node needs a URI or a name.", nameof(name)));

    private static byte[] Hash(string domain, string text) => SHA256.HashData(Encoding.UTF8.GetBytes(domain + text));
}

using System.Security.Cryptography;
using System.Text;

namespace Aixv.Track.Indexing;

/// <summary>Unique keys as the index stores them: by their SHA-256, so that every key has the same length.</summary>
internal static class SqlKey
{
    public static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

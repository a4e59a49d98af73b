using System.Security.Cryptography;
using System.Text;

namespace Aixv.Track.Log;

/// <summary>The bytes that the public log holds for an entry.</summary>
/// <remarks>
/// Two lines, each ended by a newline: <c>aixv-entry/v1</c>, and <c>sha256:</c> with the statement's hash for a public tenant, or
/// <c>salted-sha256:</c> with the hash of salt and statement, one after the other, for a private one. Hashes are lower-case hex.
/// </remarks>
internal static class LeafEncoding
{
    /// <summary>The length of a private entry's salt, in bytes.</summary>
    public const int SaltLength = 32;

    /// <param name="salt">Empty for a public tenant.</param>
    /// <param name="statement">The entry's statement.</param>
    public static byte[] Encode(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> statement)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using (var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            sha.AppendData(salt);
            sha.AppendData(statement);
            sha.GetHashAndReset(hash);
        }

        return Encoding.ASCII.GetBytes($"aixv-entry/v1\n{(salt.IsEmpty ? "sha256" : "salted-sha256")}:{Convert.ToHexStringLower(hash)}\n");
    }
}

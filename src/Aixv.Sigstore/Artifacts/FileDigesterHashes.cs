using System.Security.Cryptography;

namespace Aixv.Sigstore.Artifacts;

/// <summary>The hashes of one pass over a file.</summary>
internal sealed class FileDigesterHashes(FileDigesterOptions options) : IDisposable
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? sha384 = options.Sha384 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA384) : null;
    private readonly IncrementalHash? sha512 = options.Sha512 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA512) : null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        sha256.AppendData(bytes);
        sha384?.AppendData(bytes);
        sha512?.AppendData(bytes);
    }

    public ArtifactDigests Finish() => new(Digest.FromBytes(sha256.GetHashAndReset()))
    {
        Sha384 = Finish(sha384),
        Sha512 = Finish(sha512),
    };

    private static ReadOnlyMemory<byte>? Finish(IncrementalHash? hash) => hash?.GetHashAndReset() is { } value ? new ReadOnlyMemory<byte>(value) : (ReadOnlyMemory<byte>?)null;

    public void Dispose()
    {
        sha256.Dispose();
        sha384?.Dispose();
        sha512?.Dispose();
    }
}

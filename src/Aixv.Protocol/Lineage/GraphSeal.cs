using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Aixv.Protocol.Lineage;

/// <summary>Seals the chunks of an index file with a key of this user (GMAC: AES-GCM over no plaintext), so that an index that came with somebody's store is not believed.</summary>
/// <remarks>A nonce is never used twice: 8 random bytes for each file and the chunk's number.</remarks>
internal sealed class GraphSeal : IDisposable
{
    internal const int Length = 16;
    private readonly AesGcm cipher;
    private readonly ulong file;

    internal GraphSeal(IndexKey key, ulong file) => (cipher, this.file) = (new AesGcm(key.Bytes, Length), file);

    internal static ulong NewFile() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    internal void Seal(int number, ReadOnlySpan<byte> chunk, Span<byte> seal)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(number, nonce);
        cipher.Encrypt(nonce, [], [], seal, chunk);
    }

    internal bool IsIntact(int number, ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> seal)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(number, nonce);
        try
        {
            cipher.Decrypt(nonce, [], seal, [], chunk);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private void WriteNonce(int number, Span<byte> nonce)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(nonce, file);
        BinaryPrimitives.WriteInt32LittleEndian(nonce[8..], number);
    }

    public void Dispose() => cipher.Dispose();
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using Aixv.Sigstore.Cbor;
using Aixv.Sigstore.Certificates;

namespace Aixv.Sigstore.Cose;

/// <summary>X.509 certificates in COSE headers: x5chain and x5t (RFC 9360).</summary>
public static class CoseCertificates
{
    private const int MaximumChain = 16;
    private const long Sha256 = -16;

    /// <summary>The header with a chain, the signer's certificate first.</summary>
    /// <exception cref="ArgumentException">An empty chain.</exception>
    public static CoseHeaders WithChain(CoseHeaders headers, IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(chain);
        if (chain.Count is 0 or > MaximumChain)
        {
            throw new ArgumentException($"A chain has 1 to {MaximumChain} certificates, not {chain.Count}.", nameof(chain));
        }

        var writer = new CborWriter();
        if (chain.Count > 1)
        {
            writer.WriteArray(chain.Count);
        }

        foreach (var certificate in chain)
        {
            writer.WriteBytes(certificate.Span);
        }

        return headers.WithEncoded(CoseLabels.X5Chain, writer.ToBytes());
    }

    /// <summary>The header with the SHA-256 hash of the signer's certificate.</summary>
    public static CoseHeaders WithThumbprint(CoseHeaders headers, ReadOnlyMemory<byte> certificate)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.WithEncoded(
            CoseLabels.X5T, new CborWriter().WriteArray(2).WriteInteger(Sha256).WriteBytes(SHA256.HashData(certificate.Span)).ToBytes());
    }

    /// <summary>The chain of a message, from either header; empty when it has none. Nothing about it is verified but x5t.</summary>
    /// <exception cref="FormatException">Not a chain, a certificate that cannot be read, or x5t is of another certificate.</exception>
    public static ImmutableArray<Certificate> Read(CoseSign1 message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reader = message.Protected.Reader(CoseLabels.X5Chain) ?? message.Unprotected.Reader(CoseLabels.X5Chain);
        if (reader is null)
        {
            return [];
        }

        var count = 1;
        if (reader.Peek() == CborMajorType.Array)
        {
            count = reader.ReadArray();
            if (count is < 2 or > MaximumChain)
            {
                throw new FormatException($"x5chain: an array of {count}, expected 2 to {MaximumChain} certificates (one alone is no array)");
            }
        }

        var chain = ImmutableArray.CreateBuilder<Certificate>(count);
        for (; count > 0; count--)
        {
            chain.Add(Certificate.Parse(reader.ReadBytes()));
        }

        RequireThumbprint(message, chain[0]);
        return chain.MoveToImmutable();
    }

    private static void RequireThumbprint(CoseSign1 message, Certificate signer)
    {
        if ((message.Protected.Reader(CoseLabels.X5T) ?? message.Unprotected.Reader(CoseLabels.X5T)) is not { } reader)
        {
            return;
        }

        if (reader.ReadArray() != 2)
        {
            throw new FormatException("x5t: expected an algorithm and a hash");
        }

        var hash = reader.Peek() == CborMajorType.Text ? null : HashOf(reader.ReadInteger(), signer.Raw.Span);
        if (hash is null)
        {
            throw new FormatException("x5t: the hash algorithm is not supported (SHA-256, SHA-384 and SHA-512 are)");
        }

        if (!reader.ReadBytes().Span.SequenceEqual(hash))
        {
            throw new FormatException("x5t: the hash is not that of the first certificate of x5chain");
        }
    }

    private static byte[]? HashOf(long algorithm, ReadOnlySpan<byte> certificate) => algorithm switch
    {
        Sha256 => SHA256.HashData(certificate),
        -43 => SHA384.HashData(certificate),
        -44 => SHA512.HashData(certificate),
        _ => null,
    };
}

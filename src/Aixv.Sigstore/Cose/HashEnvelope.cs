using System.Security.Cryptography;

namespace Aixv.Sigstore.Cose;

/// <summary>A payload that is the hash of something kept elsewhere (draft-ietf-cose-hash-envelope): parameters 258 to 260.</summary>
/// <param name="Algorithm">The hash function: SHA-256 (-16), SHA-384 (-43) or SHA-512 (-44).</param>
/// <param name="PreimageContentType">The media type of what was hashed, or null.</param>
/// <param name="Location">Where to get what was hashed, or null.</param>
public sealed record HashEnvelope(HashAlgorithmName Algorithm, string? PreimageContentType, string? Location)
{
    /// <summary>The protected header with these parameters.</summary>
    /// <exception cref="ArgumentException">Another hash function.</exception>
    public CoseHeaders AddTo(CoseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        headers = headers.With(CoseLabels.PayloadHashAlgorithm, NumberOf(Algorithm));
        headers = PreimageContentType is null ? headers : headers.With(CoseLabels.PreimageContentType, PreimageContentType);
        return Location is null ? headers : headers.With(CoseLabels.PayloadLocation, Location);
    }

    /// <summary>The envelope of a message, or null when its payload is the thing itself.</summary>
    /// <exception cref="FormatException">The parameters contradict each other or the payload.</exception>
    public static HashEnvelope? Find(CoseSign1 message)
    {
        ArgumentNullException.ThrowIfNull(message);
        long[] ours = [CoseLabels.PayloadHashAlgorithm, CoseLabels.PreimageContentType, CoseLabels.PayloadLocation];
        if (ours.Any(label => message.Unprotected.Contains(label)))
        {
            throw new FormatException("hash envelope: parameters 258 to 260 belong into the protected header");
        }

        if (message.Protected.FindInteger(CoseLabels.PayloadHashAlgorithm) is not { } number)
        {
            return ours.Any(label => message.Protected.Contains(label))
                ? throw new FormatException("hash envelope: parameters 259 and 260 stand without the hash algorithm, 258")
                : null;
        }

        if (message.Protected.Contains(CoseLabels.ContentType) || message.Unprotected.Contains(CoseLabels.ContentType))
        {
            throw new FormatException("hash envelope: the content type (3) of a hash is not given; 259 is the type of what was hashed");
        }

        var (algorithm, length) = FromNumber(number);
        if (message.Payload is { } payload && payload.Length != length)
        {
            throw new FormatException($"hash envelope: the payload has {payload.Length} bytes, {algorithm.Name} has {length}");
        }

        return new HashEnvelope(algorithm, ContentTypes.Find(message.Protected, CoseLabels.PreimageContentType), message.Protected.FindText(CoseLabels.PayloadLocation));
    }

    private static long NumberOf(HashAlgorithmName algorithm) =>
        algorithm == HashAlgorithmName.SHA256 ? -16
        : algorithm == HashAlgorithmName.SHA384 ? -43
        : algorithm == HashAlgorithmName.SHA512 ? -44
        : throw new ArgumentException($"{algorithm.Name} is not a hash function of hash envelopes here.", nameof(algorithm));

    private static (HashAlgorithmName Algorithm, int Length) FromNumber(long number) => number switch
    {
        -16 => (HashAlgorithmName.SHA256, 32),
        -43 => (HashAlgorithmName.SHA384, 48),
        -44 => (HashAlgorithmName.SHA512, 64),
        _ => throw new FormatException($"hash envelope: hash algorithm {number} is not supported (-16, -43 and -44 are)"),
    };
}

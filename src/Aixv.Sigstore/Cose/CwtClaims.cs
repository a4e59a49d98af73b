using Aixv.Sigstore.Cbor;

namespace Aixv.Sigstore.Cose;

/// <summary>Claims of a CBOR Web Token (RFC 8392) in a COSE header (RFC 9597).</summary>
/// <param name="Issuer">iss: who says it; null when absent.</param>
/// <param name="Subject">sub: what it is said of; null when absent.</param>
public sealed record CwtClaims(string? Issuer, string? Subject)
{
    private const long IssuerLabel = 1;
    private const long SubjectLabel = 2;
    private const long IssuedAtLabel = 6;

    /// <summary>iat: when it was said, in whole seconds; null when absent or written with a fraction.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The header with these claims.</summary>
    public CoseHeaders AddTo(CoseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var claims = CoseHeaders.Empty;
        claims = Issuer is null ? claims : claims.With(IssuerLabel, Issuer);
        claims = Subject is null ? claims : claims.With(SubjectLabel, Subject);
        claims = IssuedAt is { } time ? claims.With(IssuedAtLabel, time.ToUnixTimeSeconds()) : claims;
        return headers.WithEncoded(CoseLabels.CwtClaims, claims.Encode());
    }

    /// <summary>The claims of a header, or null when it has none.</summary>
    /// <exception cref="FormatException">The parameter is not a map of claims.</exception>
    public static CwtClaims? Find(CoseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.Reader(CoseLabels.CwtClaims) is not { } reader)
        {
            return null;
        }

        var claims = CoseHeaders.Read(reader, "CWT claims");
        return new CwtClaims(claims.FindText(IssuerLabel), claims.FindText(SubjectLabel)) { IssuedAt = FindTime(claims) };
    }

    private static DateTimeOffset? FindTime(CoseHeaders claims)
    {
        if (claims.Reader(IssuedAtLabel) is not { } reader || reader.Peek() == CborMajorType.Simple)
        {
            return null;
        }

        return reader.ReadInteger() is var seconds && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new FormatException("CWT claims: iat is outside the years 1970 to 9999");
    }
}

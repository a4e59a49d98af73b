using System.Security.Cryptography;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Timestamps;

/// <summary>Checks an RFC 3161 token over a signature against the timestamp authorities of a trusted root.</summary>
internal static class TimestampVerifier
{
    /// <summary>The verified time, or null when no authority of the root is named by the token: such a token does not count.</summary>
    /// <exception cref="Refusal">A token that claims a trusted authority and does not hold.</exception>
    internal static VerifiedTime? Verify(ReadOnlyMemory<byte> response, ReadOnlySpan<byte> signature, TrustedRoot root)
    {
        var token = Parse(response);
        Span<byte> imprint = stackalloc byte[64];
        var length = CryptographicOperations.HashData(token.ImprintAlgorithm, signature, imprint);
        if (!imprint[..length].SequenceEqual(token.Imprint.Span))
        {
            throw Refuse(RejectionReason.TimestampMismatch, "a timestamp over this signature", "one over other bytes");
        }

        var authorities = root.TimestampAuthorities.Where(a => Names(token.Signer, a.Chain[0]) || HasSigningCertificate(token.Signer, a.Chain[0])).ToList();
        Refusal? refusal = null;
        foreach (var authority in authorities)
        {
            try
            {
                Verify(token, authority);
                return new VerifiedTime(TimeSource.TimestampAuthority, token.Time, authority.Uri, authority.Operator);
            }
            catch (Refusal e)
            {
                refusal ??= e;
            }
        }

        return refusal is null ? null : throw refusal;
    }

    private static TimestampToken Parse(ReadOnlyMemory<byte> response)
    {
        try
        {
            return TimestampToken.Parse(response);
        }
        catch (FormatException e)
        {
            throw Refuse(RejectionReason.TimestampMalformed, "an RFC 3161 answer with a granted token", e.Message);
        }
    }

    private static bool Names(TimestampSigner signer, Certificate leaf) => signer.Issuer is { } issuer
        ? issuer.Span.SequenceEqual(leaf.Issuer.Span) && signer.SerialOrKeyId.Span.SequenceEqual(leaf.Serial.Span)
        : leaf.SubjectKeyIdentifier is { } keyId && keyId.Span.SequenceEqual(signer.SerialOrKeyId.Span);

    private static bool HasSigningCertificate(TimestampSigner signer, Certificate leaf) =>
        CryptographicOperations.HashData(signer.SigningCertificate.Algorithm, leaf.Raw.Span).AsSpan().SequenceEqual(signer.SigningCertificate.Hash.Span);

    private static void Verify(TimestampToken token, TrustedAuthority authority)
    {
        var leaf = authority.Chain[0];
        if (authority.SigningPath is not { } path || leaf.IsAuthority && path.Certificates[1] != leaf || !IsTimestamping(leaf))
        {
            throw Refuse(
                RejectionReason.TimestampUntrusted, $"a chain of {authority.Uri} for time stamping alone", "one that is broken or for other use");
        }

        RequireEmbedded(token, authority);
        RequireSignature(token, leaf);
        if (!authority.Validity.Contains(token.Time))
        {
            throw Refuse(RejectionReason.TimestampOutsideValidity, $"a time within {authority.Validity} ({authority.Uri})", Rfc3339.Format(token.Time));
        }

        if (path.FirstInvalidAt(token.Time) is { } expired)
        {
            throw Refuse(
                RejectionReason.TimestampOutsideValidity,
                $"a time within {Rfc3339.Format(expired.NotBefore)} to {Rfc3339.Format(expired.NotAfter)} (certificate of {authority.Uri})",
                Rfc3339.Format(token.Time));
        }
    }

    private static bool IsTimestamping(Certificate leaf) =>
        leaf is { ExtendedKeyUsageIsCritical: true, ExtendedKeyUsages: [IssuerChain.TimeStamping], UnknownCriticalExtension: null };

    /// <summary>Certificates in the token are hints, but they must not point elsewhere.</summary>
    private static void RequireEmbedded(TimestampToken token, TrustedAuthority authority)
    {
        var chain = authority.Chain;
        var leafIsMissing = token.Certificates.Count > 0 && !token.Certificates.Any(c => c.Span.SequenceEqual(chain[0].Raw.Span));
        if (leafIsMissing || !token.Certificates.All(c => chain.Any(known => known.Raw.Span.SequenceEqual(c.Span))))
        {
            throw Refuse(RejectionReason.TimestampUntrusted, $"only certificates of {authority.Uri} in the token", "another certificate");
        }

        if (!Names(token.Signer, chain[0]) || !HasSigningCertificate(token.Signer, chain[0]))
        {
            throw Refuse(RejectionReason.TimestampUntrusted, $"a signer and an ESS signing certificate of {authority.Uri}", "one of another certificate");
        }
    }

    private static void RequireSignature(TimestampToken token, Certificate leaf)
    {
        var signer = token.Signer;
        var digest = CryptographicOperations.HashData(signer.Digest, token.Content.Span);
        var valid = signer.ContentType == TimestampReader.TstInfo
            && digest.AsSpan().SequenceEqual(signer.MessageDigest.Span)
            && Verifies(signer, leaf);
        if (!valid)
        {
            throw Refuse(RejectionReason.TimestampSignatureInvalid, "the authority's signature over the token", "one that does not verify");
        }
    }

    private static bool Verifies(TimestampSigner signer, Certificate leaf)
    {
        try
        {
            return leaf.PublicKey.Verify(signer.SignedAttributes.Span, signer.Signature.Span, signer.Scheme);
        }
        catch (FormatException e)
        {
            throw Refuse(RejectionReason.TimestampUntrusted, "a supported key of the timestamp authority", e.Message);
        }
    }

    private static Refusal Refuse(RejectionReason reason, string expected, string found) => new(reason, VerificationStep.Timestamp, expected, found);
}

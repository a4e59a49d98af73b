using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Cose;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Scitt;

/// <summary>A SCITT signed statement (draft-ietf-scitt-architecture): an issuer says something of a subject. Reading one verifies nothing.</summary>
public sealed class SignedStatement
{
    private SignedStatement(CoseSign1 message, CwtClaims claims, HashEnvelope? envelope, string? contentType, ImmutableArray<Certificate> certificates)
    {
        Message = message;
        Issuer = claims.Issuer!;
        Subject = claims.Subject!;
        Envelope = envelope;
        ContentType = contentType;
        Certificates = certificates;
    }

    public CoseSign1 Message { get; }

    /// <summary>The CWT claim iss.</summary>
    public string Issuer { get; }

    /// <summary>The CWT claim sub.</summary>
    public string Subject { get; }

    /// <summary>How the payload is the hash of the statement, or null when it is the statement itself.</summary>
    public HashEnvelope? Envelope { get; }

    /// <summary>The payload's media type (a CoAP content format as digits), or null.</summary>
    public string? ContentType { get; }

    /// <summary>The issuer's certificates, its own first; empty when the message has none. They are not verified.</summary>
    public ImmutableArray<Certificate> Certificates { get; }

    /// <summary>The bytes that a transparency service registers: the tagged message in deterministic encoding, without unprotected parameters.</summary>
    public byte[] ToEntry() => Message.WithUnprotected(CoseHeaders.Empty).ToBytes();

    /// <summary>Signs with a key that verifiers know by its id.</summary>
    /// <param name="issuer">Who says it.</param>
    /// <param name="subject">What it is said of, such as a package URL.</param>
    /// <param name="keyId">Names the key; null takes the SHA-256 of its SubjectPublicKeyInfo.</param>
    public static SignedStatement Sign(SigningKey key, string issuer, string subject, StatementPayload payload, ReadOnlyMemory<byte>? keyId = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(payload);
        var headers = payload.Describe(new CwtClaims(issuer, subject).AddTo(CoseHeaders.Empty));
        headers = headers.With(CoseLabels.KeyId, (keyId ?? key.PublicKey.SpkiSha256()).Span);
        return From(CoseSign1.Sign(key, headers, CoseHeaders.Empty, payload.Bytes));
    }

    /// <summary>Signs with a certified key: the certificates go into the message, the hash of the first under the signature.</summary>
    /// <param name="issuer">Who says it: a URI.</param>
    /// <param name="chain">DER certificates, the key's own first.</param>
    /// <exception cref="ArgumentException">The first certificate is of another key, or the issuer is no URI.</exception>
    public static SignedStatement SignCertified(
        SigningKey key, IReadOnlyList<ReadOnlyMemory<byte>> chain, string issuer, string subject, StatementPayload payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(payload);
        if (chain.Count == 0 || !Certificate.Parse(chain[0]).Spki.Span.SequenceEqual(key.PublicKey.Spki.Span))
        {
            throw new ArgumentException("The first certificate is not that of the key.", nameof(chain));
        }

        if (!Uri.TryCreate(issuer, UriKind.Absolute, out _))
        {
            throw new ArgumentException($"The issuer of a certified statement is a URI, not '{issuer}'.", nameof(issuer));
        }

        var headers = payload.Describe(new CwtClaims(issuer, subject).AddTo(CoseHeaders.Empty));
        headers = CoseCertificates.WithChain(CoseCertificates.WithThumbprint(headers, chain[0]), chain);
        return From(CoseSign1.Sign(key, headers, CoseHeaders.Empty, payload.Bytes));
    }

    /// <exception cref="FormatException">Not a COSE_Sign1 message, or one that breaks a rule for statements.</exception>
    public static SignedStatement Parse(ReadOnlyMemory<byte> bytes) => From(CoseSign1.Parse(bytes, "signed statement"));

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SignedStatement? statement, [NotNullWhen(false)] out string? error)
    {
        try
        {
            (statement, error) = (Parse(bytes), null);
            return true;
        }
        catch (FormatException e)
        {
            (statement, error) = (null, e.Message);
            return false;
        }
    }

    internal static SignedStatement From(CoseSign1 message)
    {
        if (!message.IsTagged)
        {
            throw new FormatException($"signed statement: not tagged {CoseSign1.Tag}");
        }

        var claims = CwtClaims.Find(message.Protected)
            ?? throw new FormatException($"signed statement: the protected header has no CWT claims ({CoseLabels.CwtClaims})");
        if (string.IsNullOrEmpty(claims.Issuer) || string.IsNullOrEmpty(claims.Subject))
        {
            throw new FormatException("signed statement: the CWT claims do not name issuer (1) and subject (2)");
        }

        long[] named = [CoseLabels.KeyId, CoseLabels.X5T, CoseLabels.X5Chain];
        if (!named.Any(label => message.Protected.Contains(label)))
        {
            throw new FormatException("signed statement: the protected header does not say whose key it is (kid 4, x5t 34 or x5chain 33)");
        }

        return new SignedStatement(
            message, claims, HashEnvelope.Find(message), ContentTypes.Find(message.Protected, CoseLabels.ContentType), CoseCertificates.Read(message));
    }

    /// <summary>Whether the key signed the statement. That the key is the issuer's is for the caller to know.</summary>
    /// <param name="rejection">Why not, when the result is false.</param>
    /// <param name="detached">The payload, where the message does not carry it.</param>
    public bool TryVerify(PublicKey key, [NotNullWhen(false)] out CoseRejection? rejection, ReadOnlyMemory<byte>? detached = null) =>
        Message.TryVerify(key, out rejection, new CoseContext { DetachedPayload = detached });

    /// <summary>Whether the payload is these bytes, or, in a hash envelope, their hash.</summary>
    public bool Says(ReadOnlySpan<byte> statement) => Message.Payload is { } payload
        && (Envelope is null
            ? payload.Span.SequenceEqual(statement)
            : payload.Span.SequenceEqual(CryptographicOperations.HashData(Envelope.Algorithm, statement)));

    /// <summary>The message in deterministic encoding.</summary>
    public byte[] ToBytes() => Message.ToBytes();
}

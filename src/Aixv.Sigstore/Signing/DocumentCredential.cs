using System.Collections.Immutable;
using Aixv.Sigstore.Timestamps;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Signing;

/// <summary>A key for documents whose standards have signatures of their own (JSF, COSE, JOSE), with what says whose it is.</summary>
/// <remarks>
/// Such a signature has no log entry, and a verified time only where its standard has a place for a timestamp: without one, a certificate
/// of ten minutes proves who signed only to those who saw it then.
/// </remarks>
public sealed class DocumentCredential : IDisposable
{
    private readonly SigningCredential credential;
    private readonly TimestampClient? authority;
    private readonly TrustedRoot root;

    internal DocumentCredential(SigningCredential credential, SignatureScheme scheme, TimestampClient? authority, TrustedRoot root)
    {
        this.credential = credential;
        this.authority = authority;
        this.root = root;
        Scheme = scheme;
    }

    /// <summary>Good until this is disposed.</summary>
    public SigningKey Key => credential.Key;

    public SignatureScheme Scheme { get; }

    /// <summary>DER: the leaf, then what leads to the root, which verifiers have of their own; empty for a managed key.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Certificates =>
        credential.Certificate is { } certificate ? [certificate.Raw, .. credential.Intermediates] : [];

    /// <summary>Whether there is a timestamp authority to ask.</summary>
    public bool HasTimestampAuthority => authority is not null;

    /// <summary>A DER TimeStampToken (RFC 3161 §2.4.2) over the SHA-256 of <paramref name="message"/>, of an authority that the trusted root knows.</summary>
    /// <exception cref="SigningException">The authority refused, or its token does not verify.</exception>
    /// <exception cref="HttpRequestException">The authority cannot be reached or answers nonsense.</exception>
    /// <exception cref="InvalidOperationException">There is none (<see cref="HasTimestampAuthority"/>).</exception>
    public async Task<ReadOnlyMemory<byte>> TimestampAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        var client = authority ?? throw new InvalidOperationException("There is no timestamp authority.");
        var response = await client.TimestampAsync(message, cancellationToken).ConfigureAwait(false);
        RequireKnown(response, message.Span);
        return TimestampAnswer.TokenOf(response);
    }

    private void RequireKnown(ReadOnlyMemory<byte> response, ReadOnlySpan<byte> message)
    {
        try
        {
            if (TimestampVerifier.Verify(response, message, root) is null)
            {
                throw new SigningException("the timestamp was made, and the trusted root does not know its authority");
            }
        }
        catch (Refusal e)
        {
            throw new SigningException($"the timestamp was made and does not verify: {e.Message}", e);
        }
    }

    public void Dispose() => credential.Dispose();
}

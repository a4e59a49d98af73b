using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Rekor;

/// <summary>Rekor v2 (rekor-tiles): hashedrekord 0.0.2; an envelope is entered by the digest of its pre-authentication encoding, or, if asked, as dsse 0.0.2.</summary>
internal sealed class RekorV2Client(ServiceTransport transport, Uri baseUrl, IReadOnlyList<TrustedLog> trusted, EnvelopeEntryKind envelopes)
    : RekorClient(transport, baseUrl)
{
    private readonly RekorV2Lookup lookup = new(transport, baseUrl, trusted);

    internal override void RequireSupport(PublicKey key, SignatureScheme scheme, bool envelope)
    {
        if (scheme == SignatureScheme.Ed25519)
        {
            throw NoPureEd25519(BaseUrl);
        }

        _ = Details(key, scheme);
    }

    private static string Details(PublicKey key, SignatureScheme scheme) => KeyDetails.NameOf(key, scheme) ?? throw new SigningException(
        $"a key of {key.Algorithm} that signs by {scheme} is not in Sigstore's registry of algorithms (RSA keys must have 2048, 3072 or 4096 bits)");

    internal override async Task<LogEntry> AddAsync(LogSubmission submission, CancellationToken cancellationToken)
    {
        RequireSupport(submission.Key, submission.Scheme, submission.Envelope is not null);
        var body = CanonicalJson.Serialize(Request(submission));
        var response = await SendAsync(HttpMethod.Post, At("/api/v2/log/entries"), body, cancellationToken).ConfigureAwait(false);
        if (response.Status == HttpStatusCode.Conflict && ulong.TryParse(response.LogIndex, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            // The same signature was entered before: by an attempt whose answer was lost, or by a key that signs the same way twice.
            return await lookup.FindAsync(index, cancellationToken).ConfigureAwait(false);
        }

        var json = response.Accepted().Json();
        return response.Read(() => LogEntryJson.Read(json));
    }

    private JsonObject Request(LogSubmission submission) => (envelopes, submission.Envelope) switch
    {
        (EnvelopeEntryKind.Dsse, { } envelope) => EnvelopeRequest(submission, envelope),
        _ => DigestRequest(submission),
    };

    private static JsonObject DigestRequest(LogSubmission submission) => new()
    {
        ["hashedRekordRequestV002"] = new JsonObject
        {
            ["digest"] = Convert.ToBase64String(submission.Digest.Span),
            ["signature"] = new JsonObject { ["content"] = Convert.ToBase64String(submission.Signature.Span), ["verifier"] = VerifierOf(submission) },
        },
    };

    private static JsonObject EnvelopeRequest(LogSubmission submission, DsseEnvelope envelope) => new()
    {
        ["dsseRequestV002"] = new JsonObject
        {
            ["envelope"] = new JsonObject
            {
                ["payload"] = Convert.ToBase64String(envelope.Payload.Span),
                ["payloadType"] = envelope.PayloadType,
                ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(submission.Signature.Span) }),
            },
            ["verifiers"] = new JsonArray(VerifierOf(submission)),
        },
    };

    private static JsonObject VerifierOf(LogSubmission submission)
    {
        var verifier = new JsonObject { ["keyDetails"] = Details(submission.Key, submission.Scheme) };
        var (form, raw) = submission.Certificate is { } certificate ? ("x509Certificate", certificate) : ("publicKey", submission.Key.Spki);
        verifier[form] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(raw.Span) };
        return verifier;
    }
}

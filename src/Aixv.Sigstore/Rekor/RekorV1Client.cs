using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Transport;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Rekor;

/// <summary>Rekor v1: hashedrekord 0.0.1 for artifacts, dsse 0.0.1 for envelopes.</summary>
internal sealed class RekorV1Client(ServiceTransport transport, Uri baseUrl) : RekorClient(transport, baseUrl)
{
    private const string Entries = "/api/v1/log/entries";

    internal override void RequireSupport(PublicKey key, SignatureScheme scheme, bool envelope)
    {
        if (scheme == SignatureScheme.Ed25519 && !envelope)
        {
            throw NoPureEd25519(BaseUrl);
        }
    }

    internal override async Task<LogEntry> AddAsync(LogSubmission submission, CancellationToken cancellationToken)
    {
        RequireSupport(submission.Key, submission.Scheme, submission.Envelope is not null);
        var body = CanonicalJson.Serialize(submission.Envelope is null ? HashedRekord(submission) : Dsse(submission));
        var response = await SendAsync(HttpMethod.Post, At(Entries), body, cancellationToken).ConfigureAwait(false);
        if (response.Status == HttpStatusCode.Conflict)
        {
            // The same signature was entered before: by an attempt whose answer was lost, or by a key that signs the same way twice.
            response = await SendAsync(HttpMethod.Get, Existing(response), null, cancellationToken).ConfigureAwait(false);
        }

        response.Accepted();
        return response.Read(() => RekorV1Answer.Read(response.Body));
    }

    private Uri Existing(ServiceResponse conflict)
    {
        var prefix = At(Entries + "/").AbsoluteUri;
        var uuid = conflict.Location?.Segments is [.., var last] ? last : "";
        return uuid.Length is >= 64 and <= 80 && uuid.All(char.IsAsciiHexDigit)
            ? new Uri(prefix + uuid)
            : throw conflict.Refusal();
    }

    private static JsonObject HashedRekord(LogSubmission submission) => new()
    {
        ["apiVersion"] = "0.0.1",
        ["kind"] = "hashedrekord",
        ["spec"] = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["hash"] = new JsonObject
                {
                    ["algorithm"] = HashName(submission.Scheme.Hash()),
                    ["value"] = Convert.ToHexStringLower(submission.Digest.Span),
                },
            },
            ["signature"] = new JsonObject
            {
                ["content"] = Convert.ToBase64String(submission.Signature.Span),
                ["publicKey"] = new JsonObject { ["content"] = VerifierPem(submission) },
            },
        },
    };

    private static JsonObject Dsse(LogSubmission submission)
    {
        var envelope = submission.Envelope!;
        var json = new JsonObject
        {
            ["payload"] = Convert.ToBase64String(envelope.Payload.Span),
            ["payloadType"] = envelope.PayloadType,
            ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(submission.Signature.Span) }),
        };
        return new JsonObject
        {
            ["apiVersion"] = "0.0.1",
            ["kind"] = "dsse",
            ["spec"] = new JsonObject
            {
                ["proposedContent"] = new JsonObject
                {
                    ["envelope"] = Encoding.UTF8.GetString(CanonicalJson.Serialize(json)),
                    ["verifiers"] = new JsonArray(VerifierPem(submission)),
                },
            },
        };
    }

    private static string HashName(HashAlgorithmName? hash) =>
        hash == HashAlgorithmName.SHA384 ? "sha384" : hash == HashAlgorithmName.SHA512 ? "sha512" : "sha256";

    private static string VerifierPem(LogSubmission submission)
    {
        var pem = submission.Certificate is { } der ? PemEncoding.WriteString("CERTIFICATE", der.Span) : submission.Key.ToPem();
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(pem + "\n"));
    }
}

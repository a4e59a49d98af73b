using System.Net;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Verification;
using Aixv.Track.Agents;
using Aixv.Track.Hosting;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Attesting;

/// <summary>The agent's own signature in a request: verified before anything is written, or the request is refused.</summary>
internal static class SignatureInput
{
    private const int MaximumSignature = 512 * 1024;

    /// <summary><c>dsse</c>: an envelope by the agent's key. <c>bundle</c>: a Sigstore bundle by its key or identity.</summary>
    /// <param name="hash">What the signature must be about.</param>
    /// <param name="verifiers">By whom bundles are verified: one for each trusted root.</param>
    /// <returns>Null where the request has none; else what was verified, and the bytes to keep.</returns>
    /// <exception cref="ApiError">It does not hold, or is not the agent's.</exception>
    public static (VerifiedSignature Signature, ReadOnlyMemory<byte> Bytes)? Read(RequestObject request, Agent agent, Digest? hash, IReadOnlyList<Verifier> verifiers)
    {
        var envelope = request.Object("dsse", MaximumSignature);
        var bundle = request.Object("bundle", MaximumSignature);
        if (envelope is null && bundle is null)
        {
            return null;
        }

        if (envelope is not null && bundle is not null)
        {
            throw ApiError.InvalidInput("bundle", "one of dsse and bundle is taken, not both");
        }

        if (hash is null)
        {
            throw ApiError.InvalidInput("hash", "is missing: a signature is about an artifact, which its digest names");
        }

        var bytes = SortedJson.Serialize(envelope ?? bundle);
        return (envelope is not null ? Envelope(envelope, bytes, agent, hash) : Bundle(bytes, agent, hash, verifiers), bytes);
    }

    private static VerifiedSignature Envelope(JsonObject json, byte[] bytes, Agent agent, Digest hash)
    {
        if (agent.PublicKey is null)
        {
            throw Refuse("dsse", "the agent has no public key to verify an envelope with; register one, or send a bundle by its identity");
        }

        var key = PublicKey.FromPem(agent.PublicKey);
        try
        {
            var payload = Base64(json, "payload");
            var statement = InTotoStatement.Parse(payload);
            if (Text(json, "payloadType") != DsseEnvelope.InTotoPayloadType)
            {
                throw Refuse("dsse", $"payloadType: expected {DsseEnvelope.InTotoPayloadType}");
            }

            var message = PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, payload);
            var signed = json["signatures"] is JsonArray { Count: > 0 and <= 16 } list
                && list.OfType<JsonObject>().Any(s => key.Verify(message, Base64(s, "sig"), key.DefaultScheme));
            return !signed ? throw Refuse("dsse", "no signature in it is by the agent's registered key")
                : !statement.Describes(new ArtifactDigests(hash)) ? throw Refuse("dsse", $"its statement is not about {hash}")
                : new VerifiedSignature("dsse", Digest.Of(bytes), $"key:sha256:{Convert.ToHexStringLower(key.SpkiSha256())}", null, statement.PredicateType);
        }
        catch (FormatException e)
        {
            throw Refuse("dsse", e.Message);
        }
    }

    private static byte[] Base64(JsonObject json, string name) =>
        StrictBase64.TryDecode(Text(json, name).AsSpan(), out var bytes) ? bytes : throw Refuse("dsse", $"{name}: base64 is expected");

    private static string Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Refuse("dsse", $"{name}: text is expected");

    private static VerifiedSignature Bundle(byte[] bytes, Agent agent, Digest hash, IReadOnlyList<Verifier> verifiers)
    {
        var signer = agent switch
        {
            { Subject: { } subject, Issuer: { } issuer } => SignerPolicy.Certificate([TextPattern.Exact(subject)], [TextPattern.Exact(issuer)]),
            { PublicKey: { } key } => SignerPolicy.Key(PublicKey.FromPem(key)),
            _ => throw Refuse("bundle", "the agent has neither an identity nor a public key: whose bundle it is could not be told"),
        };
        if (verifiers.Count == 0)
        {
            throw Refuse("bundle", "this server trusts no Sigstore instance (setting trusted_roots)");
        }

        var policy = new VerificationPolicy { Signer = signer };
        Rejected? last = null;
        foreach (var verifier in verifiers)
        {
            switch (verifier.Verify(bytes, new ArtifactDigests(hash), policy))
            {
                case Verified verified:
                    var (who, by) = verified.Signer switch
                    {
                        CertificateSigner certificate => (certificate.Identity, certificate.Issuer),
                        KeySigner { PublicKey: var key } => ($"key:sha256:{Convert.ToHexStringLower(key.SpkiSha256())}", null),
                        _ => throw new System.Diagnostics.UnreachableException(),
                    };
                    return new VerifiedSignature("sigstore-bundle", Digest.Of(bytes), who, by, verified.PredicateType);
                case Rejected rejected:
                    last = rejected;
                    break;
            }
        }

        throw Refuse("bundle", $"{last!.Reason} at {last.Step}: expected {last.Expected}, found {last.Found}");
    }

    private static ApiError Refuse(string field, string message) => new(HttpStatusCode.UnprocessableEntity, "SIGNATURE_INVALID", $"{field}: {message}")
    {
        Details = json => json.WriteString("field", field),
    };
}

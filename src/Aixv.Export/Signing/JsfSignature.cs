using System.Text.Json.Nodes;
using Aixv.Export.Attestations;
using Aixv.Export.Formats;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Export.Signing;

/// <summary>JSON Signature Format 0.82: a signature inside the JSON object that it signs, over the object's canonical form (RFC 8785).</summary>
/// <remarks>
/// JSF has no place for a time: whoever checks a signature by a short-lived certificate must know otherwise that it was made while the
/// certificate was valid.
/// </remarks>
public static class JsfSignature
{
    private const string Member = "signature";
    private const string Value = "value";

    /// <summary>Puts the signature into the document, in place of one that is there.</summary>
    /// <param name="document">A JSON object whose numbers a double can hold: others would be signed as what they come to.</param>
    public static void Sign(JsonObject document, DocumentSigner signer)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(signer);
        var signature = new JsonObject { ["algorithm"] = JsonWebAlgorithm.JsfName(signer.Scheme) };
        if (signer.Certificates.IsEmpty)
        {
            signature["publicKey"] = JsonWebKey.Of(signer.Key.PublicKey);
        }
        else
        {
            signature["certificatePath"] = new JsonArray([.. signer.Certificates.Select(der => (JsonNode)JsonWebKey.Encode(der.Span))]);
        }

        document[Member] = signature;
        signature[Value] = JsonWebKey.Encode(JsonWebAlgorithm.Sign(signer, CanonicalJson.Serialize(document)));
    }

    /// <summary>What a document's signature breaks: its form, or that it verifies with the key or certificate in it; nothing where there is none, or one of several signers.</summary>
    /// <remarks>Whose key it is, and whether the certificate leads to somebody trusted, is not looked at.</remarks>
    public static IEnumerable<string> Faults(JsonObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document[Member] is null)
        {
            return [];
        }

        if (document[Member] is not JsonObject signature)
        {
            return [$"$.{Member}: an object is expected"];
        }

        return signature.ContainsKey("signers") || signature.ContainsKey("chain") ? [] : Faults(document, signature);
    }

    private static List<string> Faults(JsonObject document, JsonObject signature)
    {
        List<string> faults = [.. signature.MustHaveText($"$.{Member}", "algorithm"), .. signature.MustHaveText($"$.{Member}", Value)];
        if (faults.Count > 0 || signature.ContainsKey("excludes") || (!signature.ContainsKey("publicKey") && !signature.ContainsKey("certificatePath")))
        {
            // What is excluded is the application's to say, and a key that is not in the document is not known here.
            return faults;
        }

        try
        {
            var key = KeyOf(signature);
            if (JsonWebAlgorithm.SchemeFor(signature.Text("algorithm"), key.Algorithm) == SignatureScheme.None)
            {
                return [$"$.{Member}.algorithm: the {key.Algorithm} key does not sign by {signature.Text("algorithm")}"];
            }

            return JsonWebKey.Decode(signature.Text(Value)) is { } value && JsonWebAlgorithm.Verify(key, signature.Text("algorithm"), Signed(document), value)
                ? [] : [$"$.{Member}.{Value}: the signature does not verify with the key in it"];
        }
        catch (FormatException e)
        {
            return [$"$.{Member}: {e.Message}"];
        }
    }

    /// <summary>The canonical form of the document with its signature, all but the value.</summary>
    private static byte[] Signed(JsonObject document)
    {
        var copy = document.DeepClone().AsObject();
        copy[Member]!.AsObject().Remove(Value);
        return CanonicalJson.Serialize(copy);
    }

    private static PublicKey KeyOf(JsonObject signature)
    {
        if (signature["publicKey"] is JsonObject key)
        {
            return JsonWebKey.Read(key);
        }

        var first = signature["certificatePath"] is JsonArray { Count: > 0 } path && path[0] is JsonValue value && value.TryGetValue<string>(out var text) ? JsonWebKey.Decode(text) : null;
        return Certificate.Parse(first ?? throw new FormatException("certificatePath: base64url of a DER certificate is expected")).PublicKey;
    }
}

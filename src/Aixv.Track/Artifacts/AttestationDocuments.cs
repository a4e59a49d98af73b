using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Bundles;
using Aixv.Track.Attestations;

namespace Aixv.Track.Artifacts;

/// <summary>The attestations of an artifact with what they say: the predicates come from the bundles, as far as they are not too long for a page.</summary>
internal static class AttestationDocuments
{
    private const int MaximumStatement = 128 * 1024;
    private const int MaximumTogether = 512 * 1024;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <param name="log">The origin of this registry's log.</param>
    public static async ValueTask<JsonArray> ReadAsync(ArtifactFinding artifact, string log, CancellationToken cancellationToken)
    {
        var documents = new JsonArray();
        var together = 0;
        foreach (var (stored, content) in artifact.Attestations)
        {
            var json = content.ToJson(stored, null);
            json["bundle"] = $"/v1/attestations/{content.Id}/bundle";
            json["times"] = content.Signature["times"]?.DeepClone() ?? new JsonArray();
            json["log_entries"] = new JsonArray([.. (content.Signature["log_entries"] as JsonArray ?? []).Select(LogEntry)]);
            json["claims"] = content.Signature["signer"]!["claims"]?.DeepClone();
            (json["log_id"], json["leaf_index"], json["log_index"]) = (log, stored.Index, stored.Index);
            var statement = content.Statement is null || together >= MaximumTogether ? [] : await StatementAsync(artifact, content, cancellationToken);
            together += statement.Length;
            json["predicate"] = statement.Length is 0 or > MaximumStatement || together > MaximumTogether ? null : Predicate(statement);
            json["predicate_omitted"] = content.Statement is not null && json["predicate"] is null;
            documents.Add((JsonNode)json);
        }

        return documents;
    }

    /// <summary>Where the signature is logged, by the names that the documents of this registry have for it too.</summary>
    private static JsonNode? LogEntry(JsonNode? entry)
    {
        var json = entry!.DeepClone().AsObject();
        (json["log_id"], json["log_index"]) = (entry["log"]?.DeepClone(), entry["index"]?.DeepClone());
        return json;
    }

    private static async ValueTask<byte[]> StatementAsync(ArtifactFinding artifact, IndexedAttestation content, CancellationToken cancellationToken) =>
        await artifact.View.ReadAttachmentAsync(content.Bundle, cancellationToken) is { } bytes && Bundle.Parse(bytes).Content is SignedEnvelope { Envelope: var envelope }
            ? envelope.Payload.ToArray()
            : [];

    private static JsonNode? Predicate(byte[] statement)
    {
        using var document = JsonDocument.Parse(statement, Options);
        return document.RootElement.TryGetProperty("predicate", out var predicate) ? JsonNode.Parse(predicate.GetRawText(), documentOptions: Options) : null;
    }
}

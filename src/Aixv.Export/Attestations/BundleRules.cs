using System.Text.Json.Nodes;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;

namespace Aixv.Export.Attestations;

/// <summary>Sigstore bundles and DSSE envelopes among documents.</summary>
internal static class BundleRules
{
    private const string MediaType = "application/vnd.dev.sigstore.bundle";
    private const int MaximumStatement = 32 * 1024 * 1024;

    public static bool IsBundle(DocumentProbe document) => document.Member("mediaType")?.StartsWith(MediaType, StringComparison.Ordinal) == true;

    /// <summary>An object with the members that DSSE asks for.</summary>
    public static bool IsEnvelope(DocumentProbe document) =>
        document.JsonObject is { } json && json.ContainsKey("payload") && json.ContainsKey("payloadType") && json.ContainsKey("signatures");

    /// <summary>The bundle, or why it is none.</summary>
    public static (Bundle? Bundle, string? Fault) Read(DocumentProbe document)
    {
        try
        {
            return (Bundle.Parse(document.Bytes), null);
        }
        catch (BundleFormatException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>The statement that an envelope holds; null where it holds something else.</summary>
    public static JsonObject? StatementOf(DsseEnvelope? envelope) =>
        envelope?.PayloadType == DsseEnvelope.InTotoPayloadType ? ParseStatement(envelope.Payload) : null;

    public static JsonObject? ParseStatement(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return SortedJson.ParseObject(payload, "statement", MaximumStatement);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The statement in a document that is a bundle; null where it has none.</summary>
    public static JsonObject? StatementIn(DocumentProbe document) =>
        Read(document).Bundle?.Content is SignedEnvelope signed ? StatementOf(signed.Envelope) : null;

    /// <summary>What a bundle breaks, and the statement in it.</summary>
    public static IEnumerable<string> Faults(DocumentProbe document)
    {
        var (bundle, fault) = Read(document);
        return fault is not null ? [fault]
            : bundle!.Content is SignedEnvelope { Envelope: var envelope } ? PayloadFaults(envelope.PayloadType, envelope.Payload, "$.dsseEnvelope.payload")
            : [];
    }

    /// <summary>A payload that says that it is a statement must be one.</summary>
    public static IEnumerable<string> PayloadFaults(string payloadType, ReadOnlyMemory<byte> payload, string path) =>
        payloadType != DsseEnvelope.InTotoPayloadType ? []
        : ParseStatement(payload) is not { } statement ? [$"{path}: a JSON object is expected, an in-toto statement"]
        : StatementRules.Faults(statement).Select(inner => $"{path}: {inner}");
}

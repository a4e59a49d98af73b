using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Artifacts;

/// <summary>Files that lie beside artifacts and are none: signatures, statements, AIXV's own documents, and what people read.</summary>
/// <remarks>A configuration, a tokenizer, code and templates are artifacts: they change what a model does.</remarks>
internal static class Companion
{
    private const int MaximumDocument = 8 * 1024 * 1024;
    private static readonly string[] Signatures = [".sigstore.json", ".sigstore", ".intoto.json", ".intoto.jsonl", ".statement.json", ".rollback.json", ".decision.json", ".sig", ".sha256"];
    private static readonly string[] Readable = ["README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "CHANGELOG", "CITATION", "AUTHORS", "SHA256SUMS", "USE_POLICY"];
    private static readonly string[] Prose = ["", ".md", ".txt", ".rst", ".html", ".cff"];
    private static readonly string[] Statement = ["_type", "subject", "predicateType", "predicate"];

    /// <summary>Documents that name their schema and are strict: nothing else can be hidden in one.</summary>
    private static readonly string[] Strict =
        ["signed-record.v1", "policy.v1", "bundle.v1", "advisory-feed.v1", "advisory-sync-state.v1", "admission-evidence.v1", "admission-decision.v1", "saved-decision.v1", "conformance-report.v1"];

    /// <summary>Null for an artifact.</summary>
    public static string? WhyNoArtifact(string path)
    {
        var name = Path.GetFileName(path);
        if (Array.Exists(Signatures, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            return "a signature or a statement";
        }

        var extension = Path.GetExtension(name);
        if (extension.Equals(".md", StringComparison.OrdinalIgnoreCase)
            || (Readable.Contains(Path.GetFileNameWithoutExtension(name), StringComparer.OrdinalIgnoreCase) && Prose.Contains(extension, StringComparer.OrdinalIgnoreCase)))
        {
            return "documentation";
        }

        return extension.Equals(".json", StringComparison.OrdinalIgnoreCase) && IsDocument(path) ? "a document of AIXV, or an in-toto statement" : null;
    }

    private static bool IsDocument(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumDocument || !RegularFile.Is(path))
            {
                return false;
            }

            var json = SortedJson.ParseObject(File.ReadAllBytes(path), "document", MaximumDocument);
            if (Text(json, "_type")?.StartsWith("https://in-toto.io/Statement/", StringComparison.Ordinal) == true)
            {
                return json.All(member => Statement.Contains(member.Key));
            }

            var schema = Text(json, "schema") ?? Text(json, "policy_type") ?? Text(json, "bundle_type");
            if (schema is null || !schema.StartsWith("aixv.", StringComparison.Ordinal))
            {
                return false;
            }

            var name = schema["aixv.".Length..].Replace('/', '.');
            if (name == "attestation-record.v1")
            {
                return json.All(member => member.Key is "schema" or "created_at" or "predicate_type" or "statement" or "signature_bundle_path");
            }

            if (!Strict.Contains(name))
            {
                return false;
            }

            DocumentSchemas.All.First(document => document.Name == name).Read(json);
            return true;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            // Judging it will say what is wrong.
            return false;
        }
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Sigstore.Dsse;

/// <summary>What a verifier needs of an in-toto statement: its subjects and predicate type. The predicate is not read.</summary>
public sealed record InTotoStatement(ImmutableArray<InTotoSubject> Subjects, string PredicateType)
{
    private const int MaximumDepth = 128;
    private static readonly string[] Types = ["https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1"];

    /// <summary>Whether some subject has one of the artifact's digests.</summary>
    public bool Describes(ArtifactDigests artifact) => Subjects.Any(s => s.IsFor(artifact));

    /// <summary>The hashes, beyond SHA-256, under which subjects are named that have no SHA-256 digest.</summary>
    public IReadOnlySet<HashAlgorithmName> OtherHashes() =>
        Subjects.Where(s => s.Sha256 is null).SelectMany(s => s.Hashes()).ToHashSet();

    /// <summary>Reads a statement of version 0.1 or 1.</summary>
    /// <exception cref="FormatException">Not such a statement; double members are refused.</exception>
    public static InTotoStatement Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"statement: not valid JSON of an in-toto statement ({e.Message})", e);
        }
    }

    private static InTotoStatement Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("statement: expected an object");
        }

        var type = Text(root, "_type");
        if (!Types.Contains(type))
        {
            throw new FormatException($"statement: $._type: '{type}' is not an in-toto statement of version 0.1 or 1");
        }

        if (!root.TryGetProperty("subject", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw new FormatException("statement: $.subject: expected a list of at least one subject");
        }

        var subjects = ImmutableArray.CreateBuilder<InTotoSubject>(list.GetArrayLength());
        foreach (var subject in list.EnumerateArray())
        {
            subjects.Add(InTotoSubject.Read(subject, subjects.Count));
        }

        return new InTotoStatement(subjects.MoveToImmutable(), Text(root, "predicateType"));
    }

    private static string Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"statement: $.{name}: required and missing");
}

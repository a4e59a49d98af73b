using System.Text.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Graphs;

/// <summary>What one record says of the nodes that it is about; entries never change, so it is read once and kept.</summary>
internal sealed record NodeSource
{
    private static readonly Dictionary<string, string> Names = [];

    public string? Name { get; init; }

    /// <summary>Names of the subjects of a statement, by the hex of their digests.</summary>
    public IReadOnlyDictionary<string, string> SubjectNames { get; init; } = Names;

    public string? Kind { get; init; }

    public bool IsSigned { get; init; }

    public string? Signer { get; init; }

    public string? Issuer { get; init; }

    /// <summary>The digest of the bundle; null for a record that is none.</summary>
    public string? Bundle { get; init; }

    public static NodeSource Read(StoredRecord stored) => stored.Type == RecordType.Attestation ? OfAttestation(stored.Content) : OfRecord(stored);

    private static NodeSource OfRecord(StoredRecord stored)
    {
        var record = AttestedRecord.Read(stored);
        return new NodeSource
        {
            Name = record.Name,
            Kind = NodeKinds.OfRecord(stored.Type),
            IsSigned = record.Signature is not null,
            Signer = record.Signature?.Signer,
            Issuer = record.Signature?.Issuer,
        };
    }

    private static NodeSource OfAttestation(ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content);
        var json = document.RootElement;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var subject in json.GetProperty("subjects").EnumerateArray())
        {
            if (subject.TryGetProperty("name", out var name) && subject.GetProperty("digest").GetString() is { } digest)
            {
                names.TryAdd(digest, name.GetString()!);
            }
        }

        var signer = json.GetProperty("signature").GetProperty("signer");
        return new NodeSource
        {
            SubjectNames = names,
            Kind = json.TryGetProperty("predicate_type", out var type) ? NodeKinds.OfPredicate(type.GetString()!) : null,
            IsSigned = true,
            Bundle = json.GetProperty("bundle").GetString(),
            Signer = signer.GetProperty("subject").GetString(),
            Issuer = signer.TryGetProperty("issuer", out var issuer) ? issuer.GetString() : null,
        };
    }
}

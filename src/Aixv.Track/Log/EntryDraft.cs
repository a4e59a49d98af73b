using Aixv.Track.Storage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Log;

/// <summary>What a feature wants to have written.</summary>
internal sealed record EntryDraft
{
    /// <summary>Whose it is.</summary>
    public required Tenant Tenant { get; init; }

    /// <summary>The name of its <see cref="Indexing.EntryKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry's own id, and its receipt's.</summary>
    public required TrackId Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Who did it: a key's id, a token's subject, or <c>operator</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>One JSON object, kept byte for byte.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Bytes kept beside the entry and named in it by their SHA-256: bundles, payloads.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments { get; init; } = [];

    /// <summary>The request's key, if it had one: the same again finds this entry, also after a crash.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What <see cref="IdempotencyKey"/> must come with the next time: the SHA-256 of the request.</summary>
    public ReadOnlyMemory<byte> IdempotencyFingerprint { get; init; }
}

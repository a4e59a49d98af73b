using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Agents;

/// <summary>An agent as the registry knows it.</summary>
internal sealed record Agent
{
    public required TrackId Id { get; init; }

    /// <summary>The id that the caller chose; null where the server's own is the only one.</summary>
    public TrackId? Alias { get; init; }

    public required string DisplayName { get; init; }

    public required string AgentType { get; init; }

    public string? Description { get; init; }

    /// <summary>The public key that the agent's own signatures verify with (PEM); null for an agent without one.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The subject of the certificates that the agent signs by; null where it has a key or neither.</summary>
    public string? Subject { get; init; }

    /// <summary>Who vouches for <see cref="Subject"/>.</summary>
    public string? Issuer { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public JsonObject? Metadata { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string Status { get; init; } = AgentStatus.Active;

    /// <summary>Why it is suspended or revoked.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The word of the documented vocabulary for how well its identity is known.</summary>
    public string TrustLevel => PublicKey is not null || Subject is not null ? "authenticated" : "self_asserted";

    /// <summary>The status at a time: an agent that has expired is revoked, without anybody doing it.</summary>
    public string StatusAt(DateTimeOffset time) => ExpiresAt <= time ? AgentStatus.Revoked : Status;

    public static Agent Read(StoredRecord record)
    {
        using var document = JsonDocument.Parse(record.Content);
        var json = document.RootElement;
        return new Agent
        {
            Id = record.Id,
            Alias = Attesting.Alias.Read(json),
            DisplayName = json.GetProperty("display_name").GetString()!,
            AgentType = json.GetProperty("agent_type").GetString()!,
            Description = Text(json, "description"),
            PublicKey = Text(json, "public_key"),
            Subject = Text(json, "subject"),
            Issuer = Text(json, "issuer"),
            Scopes = [.. json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)],
            Metadata = json.TryGetProperty("metadata", out var metadata) ? JsonNode.Parse(metadata.GetRawText())!.AsObject() : null,
            ExpiresAt = Text(json, "expires_at") is { } expires && Rfc3339.TryParse(expires, out var at) ? at : null,
            Status = record.Status,
            Reason = Text(json, "reason"),
            CreatedAt = record.Created,
            UpdatedAt = record.Entry.Time,
        };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>What an entry says of it.</summary>
    public byte[] ToContent()
    {
        var json = new JsonObject
        {
            ["id"] = Id.ToString(),
            ["display_name"] = DisplayName,
            ["agent_type"] = AgentType,
            ["trust_level"] = TrustLevel,
            ["status"] = Status,
            ["scopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)scope)]),
        };
        Attesting.Alias.Write(json, Alias);
        Add(json, "description", Description);
        Add(json, "public_key", PublicKey);
        Add(json, "subject", Subject);
        Add(json, "issuer", Issuer);
        Add(json, "metadata", Metadata?.DeepClone());
        Add(json, "expires_at", ExpiresAt is { } expires ? Rfc3339.Format(expires) : null);
        Add(json, "reason", Reason);
        return SortedJson.Serialize(json);
    }

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    /// <summary>The documented record.</summary>
    public JsonObject ToJson(TrackId tenant, DateTimeOffset now)
    {
        var key = PublicKey is null ? null : Transparency.Keys.PublicKey.FromPem(PublicKey);
        var keyId = key is null ? null : Convert.ToHexStringLower(key.SpkiSha256());
        return new JsonObject
        {
            ["id"] = (Alias ?? Id).ToString(),
            ["agent_id"] = Ids.Agent(tenant, Alias ?? Id),
            ["tenant_id"] = tenant.ToString(),
            ["agent_type"] = AgentType,
            ["display_name"] = DisplayName,
            ["description"] = Description,
            ["trust_level"] = TrustLevel,
            ["status"] = StatusAt(now),
            ["reason"] = Reason,
            ["public_key"] = PublicKey,
            ["key_id"] = keyId,
            ["keys"] = key is null ? new JsonArray() : new JsonArray(new JsonObject
            {
                ["kid"] = keyId,
                ["algorithm"] = Word(key.Algorithm),
                ["public_key"] = PublicKey,
                ["status"] = "ACTIVE",
            }),
            ["identity"] = Subject is null ? null : new JsonObject { ["subject"] = Subject, ["issuer"] = Issuer },
            ["scopes"] = new JsonArray([.. Scopes.Select(scope => (JsonNode)scope)]),
            ["metadata"] = Metadata?.DeepClone() ?? new JsonObject(),
            ["expires_at"] = ExpiresAt is { } expires ? Rfc3339.Format(expires) : null,
            ["created_at"] = Rfc3339.Format(CreatedAt),
            ["updated_at"] = Rfc3339.Format(UpdatedAt),
        };
    }

    private static string Word(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => "Ed25519",
        KeyAlgorithm.EcdsaP256 => "ES256",
        KeyAlgorithm.EcdsaP384 => "ES384",
        KeyAlgorithm.EcdsaP521 => "ES512",
        KeyAlgorithm.Rsa => "RS256",
    };
}

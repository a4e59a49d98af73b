using System.Text.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tuf;

/// <summary>Who may sign a role's metadata: keys, and how many of them must.</summary>
internal sealed record TufRole(IReadOnlySet<string> KeyIds, long Threshold)
{
    internal static TufRole Parse(JsonElement json, string what)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw TufJson.Malformed($"{what}: a JSON object was expected");
        }

        var ids = TufJson.Array(json, "keyids", what).EnumerateArray().Select(id => TufJson.Text(id, what));
        return new(ids.ToHashSet(StringComparer.Ordinal), TufJson.Integer(json, "threshold", 1, what));
    }

    /// <summary>Refuses metadata that fewer than a threshold of different keys have signed.</summary>
    internal void Verify(TufMetadata metadata, IReadOnlyDictionary<string, TufKey> keys, string what)
    {
        // Counted by key, not by key id: one key under two names is still one signer.
        var signers = new HashSet<PublicKey>();
        foreach (var signature in metadata.Signatures)
        {
            if (KeyIds.Contains(signature.KeyId) && keys.TryGetValue(signature.KeyId, out var key) && key.Key is { } publicKey
                && publicKey.Verify(metadata.SignedBytes, signature.Value, key.Scheme))
            {
                signers.Add(publicKey);
            }
        }

        if (signers.Count < Threshold)
        {
            throw new TufException(TufRefusal.WrongThreshold, $"{what}: {Threshold} valid signatures are needed, found {signers.Count}");
        }
    }

    /// <summary>The public keys behind the ids, to tell whether they were rotated.</summary>
    internal HashSet<PublicKey> Keys(IReadOnlyDictionary<string, TufKey> keys) =>
        [.. KeyIds.Select(id => keys.GetValueOrDefault(id)?.Key).OfType<PublicKey>()];
}

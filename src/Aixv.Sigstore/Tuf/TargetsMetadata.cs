using System.Text.Json;

namespace Aixv.Sigstore.Tuf;

/// <summary><c>targets.json</c> or a delegated role (TUF §4.5): files, and who else may name files.</summary>
internal sealed class TargetsMetadata : TufMetadata
{
    private readonly Dictionary<string, FileInformation> files;

    internal TargetsMetadata(ReadOnlyMemory<byte> json, string what) : base(json, "targets", what)
    {
        files = TufJson.Members(TufJson.Object(Signed, "targets", what), what).ToDictionary(
            t => t.Name,
            t => t.Value.ValueKind == JsonValueKind.Object
                ? FileInformation.Parse(t.Value, required: true, $"{what}: target {t.Name}")
                : throw TufJson.Malformed($"{what}: target {t.Name} is not an object"),
            StringComparer.Ordinal);
        if (!Signed.TryGetProperty("delegations", out var delegations))
        {
            return;
        }

        if (delegations.ValueKind != JsonValueKind.Object)
        {
            throw TufJson.Malformed($"{what}: 'delegations' is not an object");
        }

        DelegationKeys = TufKey.ParseAll(TufJson.Object(delegations, "keys", what), what);
        Delegations = [.. TufJson.Array(delegations, "roles", what).EnumerateArray().Select(r => Delegation.Parse(r, what))];
        if (Delegations.DistinctBy(d => d.Name).Count() != Delegations.Count)
        {
            throw TufJson.Malformed($"{what}: two delegations have the same name");
        }
    }

    internal IReadOnlyDictionary<string, TufKey> DelegationKeys { get; } = new Dictionary<string, TufKey>();

    internal IReadOnlyList<Delegation> Delegations { get; } = [];

    internal FileInformation? Find(string target) => files.GetValueOrDefault(target);
}

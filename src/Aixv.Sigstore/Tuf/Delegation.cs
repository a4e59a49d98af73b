using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Aixv.Sigstore.Tuf;

/// <summary>A role that may name some targets on behalf of another (TUF §4.5).</summary>
internal sealed record Delegation(string Name, TufRole Role, bool Terminating, IReadOnlyList<string>? Paths, IReadOnlyList<string>? HashPrefixes)
{
    internal static Delegation Parse(JsonElement json, string what)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw TufJson.Malformed($"{what}: a delegation is not an object");
        }

        var name = TufJson.Text(json, "name", what);
        if (name is "" or "root" or "timestamp" or "snapshot" or "targets")
        {
            throw TufJson.Malformed($"{what}: a delegation must not be named '{name}'");
        }

        what = $"{what}: delegation {name}";
        var paths = Strings(json, "paths", what);
        var prefixes = Strings(json, "path_hash_prefixes", what);
        return (paths is null) == (prefixes is null)
            ? throw TufJson.Malformed($"{what}: either 'paths' or 'path_hash_prefixes' was expected")
            : new(name, TufRole.Parse(json, what), TufJson.Flag(json, "terminating", absent: null, what), paths, prefixes);
    }

    private static List<string>? Strings(JsonElement json, string name, string what) =>
        json.TryGetProperty(name, out _) ? [.. TufJson.Array(json, name, what).EnumerateArray().Select(p => TufJson.Text(p, what))] : null;

    /// <summary>Whether this role may name <paramref name="target"/>.</summary>
    internal bool Covers(string target)
    {
        if (Paths is not null)
        {
            return Paths.Any(pattern => PathPattern.Matches(pattern, target));
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target)));
        return HashPrefixes!.Any(prefix => hash.StartsWith(prefix, StringComparison.Ordinal));
    }
}

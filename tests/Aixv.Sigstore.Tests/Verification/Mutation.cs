using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Sigstore.Tests.Verification;

/// <summary>Seeded damage to a bundle: to its text, to what its base64 members hold, to its structure.</summary>
internal sealed class Mutation(ulong seed)
{
    private ulong state = unchecked(seed * 0x9E3779B97F4A7C15UL + 1);

    /// <summary>The damaged bundle. Other bundles lend members.</summary>
    internal byte[] Apply(byte[] bundle, IReadOnlyList<byte[]> others) => Next(4) switch
    {
        0 => Text(bundle),
        1 => Structure(bundle, others[Next(others.Count)]),
        _ => Member(bundle),
    };

    private int Next(int limit)
    {
        // xorshift64*: small, seeded, the same everywhere.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return (int)(unchecked(state * 2685821657736338717UL) % (ulong)limit);
    }

    private byte[] Text(byte[] bundle)
    {
        var at = Next(bundle.Length);
        switch (Next(4))
        {
            case 0:
                return bundle[..at];
            case 1:
                return [.. bundle[..at], .. bundle[(at + 1)..]];
            case 2:
                return [.. bundle[..at], (byte)Next(256), .. bundle[at..]];
            default:
                var flipped = (byte[])bundle.Clone();
                flipped[at] ^= (byte)(1 << Next(8));
                return flipped;
        }
    }

    private byte[] Member(byte[] bundle)
    {
        var json = JsonNode.Parse(bundle)!;
        var leaves = Leaves(json).ToList();
        var leaf = leaves[Next(leaves.Count)];
        leaf.ReplaceWith(Damage(leaf.GetValue<string>()));
        return Bytes(json);
    }

    private string Damage(string text)
    {
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var length) || length < 8)
        {
            return long.TryParse(text, out var number) ? (number + Next(5) - 2).ToString() : DamageText(text);
        }

        var bytes = buffer[..length];
        switch (Next(5))
        {
            case 0:
                return Convert.ToBase64String(bytes[..Next(length)]);
            case 1:
                return Convert.ToBase64String([.. bytes, (byte)Next(256)]);
            default:
                bytes[Next(length)] ^= (byte)(1 << Next(8));
                return Convert.ToBase64String(bytes);
        }
    }

    private string DamageText(string text)
    {
        if (text.Length == 0)
        {
            return "x";
        }

        var chars = text.ToCharArray();
        chars[Next(chars.Length)] ^= (char)(1 << Next(7));
        return new string(chars);
    }

    private byte[] Structure(byte[] bundle, byte[] other)
    {
        var json = JsonNode.Parse(bundle)!;
        var members = Members(json).ToList();
        var (owner, name) = members[Next(members.Count)];
        switch (Next(3))
        {
            case 0:
                owner.Remove(name);
                break;
            case 1:
                owner[name] = Next(2) == 0 ? null : new JsonArray();
                break;
            default:
                var donor = Members(JsonNode.Parse(other)!).Where(m => m.Name == name).Select(m => m.Owner[m.Name]).FirstOrDefault();
                owner[name] = donor?.DeepClone();
                break;
        }

        return Bytes(json);
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => Leaves(m.Value)),
        JsonArray a => a.SelectMany(Leaves),
        JsonValue v when v.GetValueKind() == System.Text.Json.JsonValueKind.String => [v],
        _ => [],
    };

    private static IEnumerable<(JsonObject Owner, string Name)> Members(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => Members(m.Value).Prepend((o, m.Key))),
        JsonArray a => a.SelectMany(Members),
        _ => [],
    };

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}

using System.Buffers;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Boms;

/// <summary>Small CycloneDX objects, and members that are left out where nothing is known.</summary>
internal static class CycloneDxParts
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_+");

    public static void AddText(this JsonObject json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json[name] = value;
        }
    }

    public static void AddObject(this JsonObject json, string name, JsonObject? value)
    {
        if (value is { Count: > 0 })
        {
            json[name] = value;
        }
    }

    public static void AddList(this JsonObject json, string name, IEnumerable<JsonNode> items)
    {
        var list = new JsonArray([.. items]);
        if (list.Count > 0)
        {
            json[name] = list;
        }
    }

    public static IEnumerable<JsonObject> Properties(IEnumerable<(string Name, string Value)> properties) =>
        properties.Select(p => new JsonObject { ["name"] = p.Name, ["value"] = p.Value });

    public static JsonArray Hashes(Digest digest) => new((JsonNode)new JsonObject { ["alg"] = "SHA-256", ["content"] = digest.Hex });

    /// <summary>A declared licence: by the licence list, else an expression over it, else as a name.</summary>
    public static JsonArray Licences(string licence) => new((JsonNode)(LicenceExpression.IdOrNull(licence) is { } id
        ? License("id", id)
        : LicenceExpression.OrNull(licence) is { } expression
            ? new JsonObject { ["expression"] = expression, ["acknowledgement"] = "declared" }
            : Uris.WebOrNull(licence) is { } url ? License("name", licence, url) : License("name", licence)));

    public static JsonObject Organization(DeclaredParty party)
    {
        var organization = new JsonObject { ["name"] = party.Name };
        organization.AddList("url", BomUris.OrNull(party.Url) is { } url ? [url] : []);
        organization.AddList("contact", EmailOf(party) is { } email ? [new JsonObject { ["email"] = email }] : []);
        return organization;
    }

    public static JsonObject Contact(DeclaredParty party)
    {
        var contact = new JsonObject { ["name"] = party.Name };
        contact.AddText("email", EmailOf(party));
        return contact;
    }

    /// <summary>CycloneDX asks for the format of an e-mail address (idn-email); other text is left out.</summary>
    public static string? EmailOf(DeclaredParty party) =>
        party.Email is { Length: > 2 and < 255 } email
        && email.Split('@') is [{ Length: > 0 and < 65 } local, { Length: > 0 } host]
        && !local.AsSpan().ContainsAnyExcept(Plain) && !host.AsSpan().ContainsAnyExcept(Plain)
        && !host.StartsWith('.') && !host.EndsWith('.') && !local.StartsWith('.') && !local.EndsWith('.') && !email.Contains("..", StringComparison.Ordinal)
            ? email : null;

    private static JsonObject License(string member, string value, string? url = null)
    {
        var license = new JsonObject { [member] = value, ["acknowledgement"] = "declared" };
        license.AddText("url", url);
        return new JsonObject { ["license"] = license };
    }
}

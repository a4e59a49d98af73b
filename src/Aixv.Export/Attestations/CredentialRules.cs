using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>MUSTs of the Verifiable Credentials Data Model 2.0.</summary>
internal static class CredentialRules
{
    private const string Context = "https://www.w3.org/ns/credentials/v2";

    public static bool HasType(JsonObject json, string type) => json["type"] switch
    {
        JsonArray types => types.Any(t => t is JsonValue value && value.TryGetValue<string>(out var text) && text == type),
        JsonValue value => value.TryGetValue<string>(out var text) && text == type,
        _ => false,
    };

    public static IEnumerable<string> Faults(JsonObject credential) =>
    [
        .. Contexts(credential),
        .. HasType(credential, "VerifiableCredential") ? [] : (string[])["$.type: VerifiableCredential is expected among the types"],
        .. Issuer(credential["issuer"]),
        .. Times(credential),
        .. OneOrMany(credential, "credentialSubject", required: true, static (subject, path) =>
            subject.Count > 0 ? Id(subject, path, required: false) : [$"{path}: at least one property is expected"]),
        .. OneOrMany(credential, "evidence", required: false, Typed),
        .. OneOrMany(credential, "credentialStatus", required: false, Typed),
        .. OneOrMany(credential, "credentialSchema", required: false, static (schema, path) => [.. Typed(schema, path), .. Id(schema, path, required: true)]),
        .. Id(credential, "$", required: false),
    ];

    private static IEnumerable<string> Contexts(JsonObject credential) =>
        credential["@context"] is not JsonArray { Count: > 0 } contexts || contexts[0] is not JsonValue first || !first.TryGetValue<string>(out var text) || text != Context
            ? [$"$.@context: a list whose first item is {Context} is expected"] : [];

    private static IEnumerable<string> Issuer(JsonNode? issuer) =>
        Uris.IsAbsolute(issuer is JsonObject json ? json.Text("id") : issuer is JsonValue value && value.TryGetValue<string>(out var text) ? text : null)
            ? [] : ["$.issuer: a URL is expected, or an object whose id is one"];

    private static IEnumerable<string> Times(JsonObject credential)
    {
        List<DateTimeOffset?> times = [];
        foreach (var name in (string[])["validFrom", "validUntil"])
        {
            var isTime = Rfc3339.TryParse(credential.Text(name) ?? "", out var time);
            if (credential[name] is not null && !isTime)
            {
                yield return $"$.{name}: a time with its zone is expected";
            }

            times.Add(isTime ? time : null);
        }

        if (times[0] > times[1])
        {
            yield return "$.validUntil: it is before validFrom";
        }
    }

    private static IEnumerable<string> Typed(JsonObject item, string path) =>
        item["type"] is JsonArray { Count: > 0 } || (item["type"]?.GetValueKind() == JsonValueKind.String) ? Id(item, path, required: false) : [$"{path}.type: a type is expected"];

    private static IEnumerable<string> Id(JsonObject item, string path, bool required) => item.MustHaveUri(path, "id", required);

    private static IEnumerable<string> OneOrMany(JsonObject owner, string name, bool required, Func<JsonObject, string, IEnumerable<string>> rules) => owner[name] switch
    {
        JsonObject one => rules(one, $"$.{name}"),
        JsonArray { Count: > 0 } many => many.SelectMany((item, i) => item is JsonObject json ? rules(json, $"$.{name}[{i}]") : [$"$.{name}[{i}]: an object is expected"]),
        null when !required => [],
        _ => [$"$.{name}: an object or a list of objects is expected"],
    };
}

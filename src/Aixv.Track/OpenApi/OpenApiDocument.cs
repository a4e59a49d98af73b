using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Track.OpenApi;

/// <summary>The API as OpenAPI 3.1: made of the routes that are really there.</summary>
internal static class OpenApiDocument
{
    public static JsonObject Build(IEnumerable<RouteEndpointDescription> routes, string url, string version)
    {
        var known = Operations.All.ToDictionary(operation => operation.Route, StringComparer.Ordinal);
        var paths = new JsonObject();
        foreach (var group in routes.GroupBy(route => route.Pattern.Replace("**", "", StringComparison.Ordinal)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            paths[group.Key] = new JsonObject(group.OrderBy(route => route.Method, StringComparer.Ordinal).Select(route => KeyValuePair.Create<string, JsonNode?>(
                route.Method.ToLowerInvariant(),
                Describe(known.GetValueOrDefault($"{route.Method} {group.Key}") ?? new Operation($"{route.Method} {group.Key}", $"{route.Method} {group.Key}", "Anything"), route, group.Key))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "AIXV Track",
                ["version"] = version,
                ["description"] = "A registry of attestations of models and datasets, with receipts that anyone verifies offline.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = url }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = Schemas.All(),
                ["securitySchemes"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-API-Key" },
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key, or a token of an issuer that this server accepts." },
                },
            },
        };
    }

    private static JsonObject Describe(Operation operation, RouteEndpointDescription route, string path)
    {
        var json = new JsonObject
        {
            ["operationId"] = string.Join('_', $"{route.Method.ToLowerInvariant()} {path}".Split([' ', '/', '{', '}', '.', '-'], StringSplitOptions.RemoveEmptyEntries)),
            ["summary"] = operation.Summary,
            ["tags"] = new JsonArray((JsonNode)operation.Tag),
            ["parameters"] = Parameters(operation, route, path),
            ["responses"] = Responses(operation),
        };
        if (operation.Body is { } body)
        {
            json["requestBody"] = new JsonObject
            {
                ["required"] = !operation.IsBodyOptional,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(body) } },
            };
        }

        json["security"] = route.Access.Scope is null
            ? new JsonArray(new JsonObject(), new JsonObject { ["apiKey"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() })
            : new JsonArray(new JsonObject { ["apiKey"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() });
        if (route.Access.Scope is { } scope)
        {
            json["x-scope"] = scope;
        }

        return json;
    }

    private static JsonArray Parameters(Operation operation, RouteEndpointDescription route, string path)
    {
        var parameters = new JsonArray();
        foreach (var name in path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')))
        {
            parameters.Add(Parameter(name, "path", "string", true));
        }

        foreach (var name in operation.Query.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            parameters.Add(Parameter(name, "query", name is "limit" or "offset" or "depth" or "index" ? "integer" : "string", name == "q" && path != "/"));
        }

        if (route.Access.Scope is not null && route.Method is not "GET")
        {
            parameters.Add(Parameter("Idempotency-Key", "header", "string", false));
        }

        return parameters;
    }

    private static JsonObject Parameter(string name, string place, string type, bool isRequired) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["schema"] = new JsonObject { ["type"] = type },
    };

    private static JsonObject Responses(Operation operation)
    {
        var responses = new JsonObject { ["200"] = Answer(operation, operation.Creates ? "The same as before." : "Good.") };
        if (operation.Creates)
        {
            responses["201"] = Answer(operation, "Made.");
        }

        responses["default"] = new JsonObject
        {
            ["description"] = "Refused.",
            ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference("Error") } },
        };
        return responses;
    }

    private static JsonObject Answer(Operation operation, string description) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { [operation.MediaType] = operation.Answer is { } schema ? new JsonObject { ["schema"] = Reference(schema) } : new JsonObject() },
    };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };
}

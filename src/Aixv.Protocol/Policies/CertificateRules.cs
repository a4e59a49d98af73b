using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Policies;

/// <summary>
/// What the signer's certificate must say of the build, because "signed under our organisation" is not "signed by our release workflow".
/// Every list that is given must match, each entry exact or a glob.
/// </summary>
public sealed record CertificateRules
{
    private static readonly ImmutableArray<string> Names = ["repository", "ref", "workflow", "trigger", "runner"];

    internal static ObjectShape Shape { get; } = new(
        [.. Names.Select(name => new Field(name, new EitherShape(new TextShape(), new ListShape(new TextShape(), minimum: 1, maximum: 1000))))]);

    private CertificateRules(ImmutableSortedDictionary<string, ImmutableArray<string>> rules)
    {
        Rules = rules;
        patterns = rules.ToImmutableSortedDictionary(rule => rule.Key, rule => new NamePatterns([], rule.Value), StringComparer.Ordinal);
    }

    private readonly ImmutableSortedDictionary<string, NamePatterns> patterns;

    /// <summary>The accepted values by the rule's name, as the policy writes them.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Rules { get; }

    internal static CertificateRules Read(JsonObject json) => new(Names
        .Where(name => json[name] is not null)
        .ToImmutableSortedDictionary(name => name, name => json[name] is JsonArray ? json.Texts(name) : [json.RequiredText(name)], StringComparer.Ordinal));

    public JsonObject ToJson() => new(Rules.Select(rule => KeyValuePair.Create<string, JsonNode?>(rule.Key, rule.Value.ToJson())));

    /// <summary>The rules that a certificate does not meet, with what it says; null where it says nothing.</summary>
    /// <param name="claims">The certificate's claims by the names of <c>CertificateClaims.NameOf</c>.</param>
    internal IEnumerable<(string Rule, NamePatterns Expected, string? Found)> Unmet(IReadOnlyDictionary<string, string> claims)
    {
        foreach (var (name, expected) in patterns)
        {
            var values = ValuesOf(name, claims).OfType<string>().ToList();
            if (!values.Any(expected.Matches))
            {
                yield return (name, expected, values.FirstOrDefault());
            }
        }
    }

    /// <summary>A URI, and the short form that people write where it is unambiguous.</summary>
    private static IEnumerable<string?> ValuesOf(string rule, IReadOnlyDictionary<string, string> claims) => rule switch
    {
        "repository" => [claims.GetValueOrDefault("source_repository_uri"), claims.GetValueOrDefault("github_workflow_repository")],
        "ref" => [claims.GetValueOrDefault("source_repository_ref") ?? claims.GetValueOrDefault("github_workflow_ref")],
        "workflow" => [claims.GetValueOrDefault("build_config_uri"), WorkflowFile(claims)],
        "trigger" => [claims.GetValueOrDefault("build_trigger") ?? claims.GetValueOrDefault("github_workflow_trigger")],
        "runner" => [claims.GetValueOrDefault("runner_environment")],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary><c>.github/workflows/release.yml</c> of the signer's own repository.</summary>
    private static string? WorkflowFile(IReadOnlyDictionary<string, string> claims)
    {
        if (claims.GetValueOrDefault("build_config_uri") is not { } uri || claims.GetValueOrDefault("source_repository_uri") is not { } repository)
        {
            return null;
        }

        var prefix = $"{repository}/";
        var at = uri.LastIndexOf("@refs/", StringComparison.Ordinal);
        return uri.StartsWith(prefix, StringComparison.Ordinal) && at > prefix.Length ? uri[prefix.Length..at] : null;
    }
}

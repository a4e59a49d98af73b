using System.Collections.Immutable;
using Aixv.Sigstore.Json;
using Aixv.Authority.Storage;

namespace Aixv.Authority.Federation;

/// <summary><c>issuers.json</c>: the outside issuers trusted here. Absent means none.</summary>
internal static class IssuersFile
{
    private const int MaximumBytes = 1024 * 1024;
    private const int MaximumIssuers = 1_000;

    /// <exception cref="IOException">The file, or a JWKS file that it names, cannot be read; the message says where and why.</exception>
    public static ImmutableArray<TrustedIssuer> Read(DataFolder data, HttpClient http, TimeProvider time)
    {
        var path = data.File("issuers.json");
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            var json = ProtoObject.Parse(File.ReadAllBytes(path), MaximumBytes).Only("issuers");
            ImmutableArray<TrustedIssuer> issuers = [.. json.Messages("issuers", MaximumIssuers).Select(i => ReadIssuer(i, data, http, time))];
            return issuers.Select(i => i.Issuer).Distinct(StringComparer.Ordinal).Count() == issuers.Length
                ? issuers
                : throw new FormatException("$.issuers: an issuer is listed twice");
        }
        catch (FormatException e)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
    }

    private static TrustedIssuer ReadIssuer(ProtoObject json, DataFolder data, HttpClient http, TimeProvider time)
    {
        json.Only("issuer", "audience", "identity", "algorithms", "jwksFile", "serverUrl", "domain");
        var issuer = json.RequiredText("issuer");
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw new FormatException($"{json.Path}.issuer: '{issuer}' is no https URL (http is for loopback addresses only)");
        }

        var algorithms = json.Texts("algorithms", 16);
        if (algorithms.FirstOrDefault(a => !TrustedIssuer.KnownAlgorithms.Contains(a)) is { } unknown)
        {
            throw new FormatException($"{json.Path}.algorithms: '{unknown}' is not among {string.Join(", ", TrustedIssuer.KnownAlgorithms)}");
        }

        IssuerKeys keys = json.Text("jwksFile") is { } file
            ? new GivenIssuerKeys(IssuerKeys.Parse(File.ReadAllBytes(Path.Combine(data.Path, file))))
            : new DiscoveredIssuerKeys(issuer, http, time);
        return new TrustedIssuer(
            issuer, json.Text("audience") ?? "sigstore", algorithms.Count > 0 ? [.. algorithms] : TrustedIssuer.KnownAlgorithms, keys, ReadRule(json, url));
    }

    private static IdentityRule ReadRule(ProtoObject json, Uri issuer) => json.RequiredText("identity") switch
    {
        "email" => new EmailRule(),
        "uri" => new UriRule(),
        "username" => new UsernameRule(json.Text("domain") ?? issuer.Host),
        "github-workflow" => new GitHubWorkflowRule(Server(json, "https://github.com")),
        "gitlab-pipeline" => new GitLabPipelineRule(Server(json, issuer.GetLeftPart(UriPartial.Authority))),
        var other => throw new FormatException(
            $"{json.Path}.identity: '{other}' is not among email, uri, username, github-workflow, gitlab-pipeline"),
    };

    private static string Server(ProtoObject json, string fallback) => (json.Text("serverUrl") ?? fallback).TrimEnd('/');
}

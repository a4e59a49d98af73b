using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Aixv.Authority.Federation;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Issuance;

/// <summary>The Fulcio v2 API: <c>/api/v2/signingCert</c>, <c>/api/v2/trustBundle</c>, <c>/api/v2/configuration</c>.</summary>
internal sealed class FulcioEndpoints(LeafIssuer issuer, TokenVerifier tokens, ImmutableArray<ImmutableArray<byte[]>> chains, ILogger logger)
{
    private const string Bearer = "Bearer ";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/signingCert", (RequestDelegate)SignAsync);
        routes.MapGet("/api/v2/trustBundle", (RequestDelegate)(context => JsonAnswer.WriteAsync(context, WriteTrustBundle)));
        routes.MapGet("/api/v2/configuration", (RequestDelegate)(context => JsonAnswer.WriteAsync(context, WriteConfiguration)));
    }

    private async Task SignAsync(HttpContext context)
    {
        var request = SigningRequest.Read(await RequestBody.ReadAsync(context, SigningRequest.MaximumBytes));
        var principal = await tokens.VerifyAsync(FindToken(context, request), context.RequestAborted);
        request.CheckPossession(principal);
        var leaf = await issuer.IssueAsync(principal, request.Key, context.RequestAborted);
        logger.CertificateIssued(principal.Name.Value, principal.Issuer);
        await JsonAnswer.WriteAsync(context, writer =>
        {
            writer.WriteStartObject("signedCertificateEmbeddedSct");
            writer.WriteStartObject("chain");
            WriteCertificates(writer, [leaf, .. issuer.Authority.Chain]);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static string FindToken(HttpContext context, SigningRequest request)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var bearer = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : "";
        return (request.Token, bearer) switch
        {
            ({ Length: > 0 } token, "") => token,
            (null or "", { Length: > 0 }) => bearer,
            ({ Length: > 0 } token, _) when token == bearer => token,
            (null or "", "") => throw ApiError.Unauthenticated("no identity token: put it in credentials.oidcIdentityToken or the header Authorization: Bearer"),
            _ => throw ApiError.Invalid("two different identity tokens: one in the body, one in the header"),
        };
    }

    private void WriteTrustBundle(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("chains");
        foreach (var chain in chains)
        {
            writer.WriteStartObject();
            WriteCertificates(writer, chain);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteConfiguration(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("issuers");
        foreach (var trusted in tokens.Issuers)
        {
            writer.WriteStartObject();
            writer.WriteString("issuerUrl", trusted.Issuer);
            writer.WriteString("audience", trusted.Audience);
            writer.WriteString("challengeClaim", trusted.Rule.ChallengeClaim);
            writer.WriteString("spiffeTrustDomain", "");
            writer.WriteString("issuerType", trusted.Rule.Name);
            writer.WriteString("subjectDomain", "");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCertificates(Utf8JsonWriter writer, ImmutableArray<byte[]> certificates)
    {
        writer.WriteStartArray("certificates");
        foreach (var certificate in certificates)
        {
            writer.WriteStringValue(PemEncoding.WriteString("CERTIFICATE", certificate) + "\n");
        }

        writer.WriteEndArray();
    }
}

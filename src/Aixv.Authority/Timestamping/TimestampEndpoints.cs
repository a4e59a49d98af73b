using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Authority.Timestamping;

/// <summary><c>POST /api/v1/timestamp</c> (DER or JSON) and <c>GET /api/v1/timestamp/certchain</c>.</summary>
/// <remarks>A DER request always gets a TimeStampResp with HTTP 200, as RFC 3161 §3.4 has it; a refused JSON request gets a JSON error.</remarks>
internal sealed class TimestampEndpoints(TimestampAuthority authority)
{
    private const string QueryType = "application/timestamp-query";
    private const string ReplyType = "application/timestamp-reply";
    private readonly byte[] chain = Encoding.ASCII.GetBytes(
        string.Concat(authority.Chain.Select(c => PemEncoding.WriteString("CERTIFICATE", c) + "\n")));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/timestamp", (RequestDelegate)StampAsync);
        routes.MapGet("/api/v1/timestamp/certchain", (RequestDelegate)(c => JsonAnswer.WriteAsync(c, chain, "application/pem-certificate-chain")));
    }

    private async Task StampAsync(HttpContext context)
    {
        var mediaType = RequestBody.MediaType(context.Request);
        if (mediaType is not (QueryType or "application/json"))
        {
            throw ApiError.MediaType($"{QueryType} or application/json");
        }

        var body = await RequestBody.ReadAsync(context, TimestampRequest.MaximumBytes);
        var isJson = mediaType != QueryType;
        try
        {
            var request = isJson ? TimestampRequest.ReadJson(body) : TimestampRequest.ReadDer(body);
            await JsonAnswer.WriteAsync(context, authority.Grant(request), ReplyType, isJson ? HttpStatusCode.Created : HttpStatusCode.OK);
        }
        catch (TimestampRefusal e) when (isJson)
        {
            throw ApiError.Invalid(e.Message);
        }
        catch (TimestampRefusal e)
        {
            await JsonAnswer.WriteAsync(context, TimestampAuthority.Reject(e), ReplyType);
        }
    }
}

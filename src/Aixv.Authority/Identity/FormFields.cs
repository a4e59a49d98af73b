using System.Text;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Identity;

/// <summary>The fields of an <c>application/x-www-form-urlencoded</c> body, or of a query; each at most once.</summary>
internal sealed class FormFields
{
    private const int MaximumBytes = 16 * 1024;
    private const int MaximumFields = 64;
    private readonly Dictionary<string, string> fields;

    private FormFields(Dictionary<string, string> fields) => this.fields = fields;

    /// <summary>The field, or null when absent or empty.</summary>
    public string? Find(string name) => fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <exception cref="OAuthError">Absent.</exception>
    public string Required(string name) => Find(name) ?? throw new OAuthError("invalid_request", $"the parameter '{name}' is missing");

    /// <exception cref="OAuthError">Of another type, or malformed.</exception>
    public static async Task<FormFields> ReadAsync(HttpContext context)
    {
        if (RequestBody.MediaType(context.Request) != "application/x-www-form-urlencoded")
        {
            throw new OAuthError("invalid_request", "the body must be application/x-www-form-urlencoded");
        }

        var body = await RequestBody.ReadAsync(context, MaximumBytes);
        return Parse(Encoding.UTF8.GetString(body.Span));
    }

    public static FormFields OfQuery(HttpContext context) => Parse(context.Request.QueryString.Value?.TrimStart('?') ?? "");

    private static FormFields Parse(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(text))
        {
            if (fields.Count == MaximumFields || !fields.TryAdd(pair.DecodeName().ToString(), pair.DecodeValue().ToString()))
            {
                throw new OAuthError("invalid_request", "a parameter is there twice, or there are too many");
            }
        }

        return new FormFields(fields);
    }
}

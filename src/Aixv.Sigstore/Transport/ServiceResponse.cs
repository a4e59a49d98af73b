using System.Net;
using System.Text;
using System.Text.Json;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Signing;

namespace Aixv.Sigstore.Transport;

/// <summary>A complete answer of a service, of any status that is not worth another attempt.</summary>
internal sealed record ServiceResponse(ServiceRequest Request, HttpStatusCode Status, ReadOnlyMemory<byte> Body)
{
    private const int LongestMessage = 500;

    /// <summary>The Location header, made absolute.</summary>
    public Uri? Location { get; init; }

    /// <summary>Rekor v2's index of the entry that is there already.</summary>
    public string? LogIndex { get; init; }

    public bool IsOk => Status is HttpStatusCode.OK or HttpStatusCode.Created;

    /// <summary>This answer when it is 200 or 201.</summary>
    /// <exception cref="SigningException">It is not.</exception>
    public ServiceResponse Accepted() => IsOk ? this : throw Refusal();

    /// <summary>The body as a JSON message.</summary>
    /// <exception cref="HttpRequestException">It is none.</exception>
    public ProtoObject Json() => Read(() => ProtoObject.Parse(Body, Request.MaximumBytes));

    /// <summary>Runs <paramref name="read"/> over the answer; what it cannot read is the service's fault.</summary>
    /// <exception cref="HttpRequestException">The answer is malformed.</exception>
    public T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw Malformed(e.Message, e);
        }
    }

    public HttpRequestException Malformed(string what, Exception? inner = null) =>
        new(HttpRequestError.InvalidResponse, $"{Request.Name}: the answer cannot be used: {what}", inner, Status);

    /// <summary>The service's refusal with its own words.</summary>
    public SigningException Refusal()
    {
        var message = Message();
        var hint = (int)Status is >= 300 and < 400
            ? $" (it redirects to {Location?.GetLeftPart(UriPartial.Path) ?? "nowhere"}; redirects are not followed, so set the final address)"
            : "";
        return new SigningException($"{Request.Name} refused: HTTP {(int)Status}{(message.Length > 0 ? $": {message}" : "")}{hint}", Status);
    }

    /// <summary>The text of an error answer: the message of its JSON, or its first characters. Control characters are replaced.</summary>
    public string Message()
    {
        var text = JsonMessage() ?? Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, LongestMessage)]);
        var clean = string.Concat(text.Trim().Select(c => char.IsControl(c) ? ' ' : c));
        return clean.Length <= LongestMessage ? clean : $"{clean.AsSpan(0, LongestMessage)}…";
    }

    private string? JsonMessage()
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            string[] names = ["message", "error_description", "error"];
            return json.RootElement.ValueKind != JsonValueKind.Object ? null : names
                .Select(name => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
                .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

using System.Net.Http.Headers;

namespace Aixv.Sigstore.Transport;

/// <summary>One request to a Sigstore service, in a form that can be sent again.</summary>
/// <param name="Service">What the service is to a reader of an error: <c>Fulcio</c>, <c>Rekor</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The absolute URL.</param>
internal sealed record ServiceRequest(string Service, HttpMethod Method, Uri Url)
{
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The media type of <see cref="Body"/>; null sends none.</summary>
    public string? ContentType { get; init; }

    public string Accept { get; init; } = "application/json";

    /// <summary>Secret; never part of an error.</summary>
    public string? BearerToken { get; init; }

    /// <summary>Further header fields.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The largest answer that is read, in bytes.</summary>
    public int MaximumBytes { get; init; } = 1024 * 1024;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The service and its address, as errors name them: without query, which may carry codes.</summary>
    public string Name => $"{Service} at {Url.GetLeftPart(UriPartial.Path)}";

    // A record would print its members, the token among them.
    public override string ToString() => $"{Method} {Name}";

    internal HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Url);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("aixv", typeof(ServiceRequest).Assembly.GetName().Version?.ToString(3) ?? "0"));
        message.Headers.Accept.ParseAdd(Accept);
        if (BearerToken is { } token)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (ContentType is { } type)
        {
            message.Content = new ReadOnlyMemoryContent(Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return message;
    }
}

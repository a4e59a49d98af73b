using System.Net.Http.Headers;

namespace Aixv.Cli.Publishing.Transport;

/// <summary>One request to a hub or registry. It can be sent several times.</summary>
internal sealed record PeerRequest(HttpMethod Method, Uri Address)
{
    private const int DefaultMaximum = 32 * 1024 * 1024;

    /// <summary>Sent to the address's own authority alone, never to where it redirects.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    public string? Accept { get; init; }

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>From which byte on; 0 asks for all.</summary>
    public long From { get; init; }

    /// <summary>Makes a range conditional: the tag of what was read before.</summary>
    public string? IfRange { get; init; }

    /// <summary>A longer answer is refused.</summary>
    public int MaximumBytes { get; init; } = DefaultMaximum;

    public HttpRequestMessage ToMessage(Uri address)
    {
        var message = new HttpRequestMessage(Method, address);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("aixv", Commands.VersionCommand.Current()));
        if (Authorization is not null && IsSameAuthority(address, Address))
        {
            message.Headers.Authorization = Authorization;
        }

        if (Accept is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept", Accept);
        }

        if (From > 0)
        {
            message.Headers.Range = new RangeHeaderValue(From, null);
            if (IfRange is not null)
            {
                message.Headers.TryAddWithoutValidation("If-Range", IfRange);
            }
        }

        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        }

        return message;
    }

    public static bool IsSameAuthority(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && string.Equals(left.Host, right.Host, StringComparison.OrdinalIgnoreCase);
}

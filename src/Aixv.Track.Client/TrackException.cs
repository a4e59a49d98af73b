using System.Net;
using System.Text.Json;
using Aixv.Track.Client.Transport;

namespace Aixv.Track.Client;

/// <summary>The registry refused a request.</summary>
public sealed class TrackException : Exception
{
    private TrackException(HttpStatusCode status, string code, string message)
        : base(message) => (Status, Code) = (status, code);

    public HttpStatusCode Status { get; }

    /// <summary>A stable word, as <c>NOT_FOUND</c>.</summary>
    public string Code { get; }

    internal static async Task<TrackException> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var error = await JsonSerializer.DeserializeAsync(content, TrackJson.Default.ErrorBody, cancellationToken).ConfigureAwait(false);
                return new TrackException(response.StatusCode, error?.Code ?? "", error?.Message ?? response.ReasonPhrase ?? "");
            }
        }
        catch (JsonException)
        {
            // Not the registry's own answer: a proxy's.
            return new TrackException(response.StatusCode, "", $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }
}

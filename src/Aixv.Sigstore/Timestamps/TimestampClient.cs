using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Timestamps;

/// <summary>Asks a timestamp authority for timestamps (RFC 3161 §3.4). What it returns is not verified, but answers the request.</summary>
/// <param name="transport">The network.</param>
/// <param name="url">The full URL to post to.</param>
internal sealed class TimestampClient(ServiceTransport transport, Uri url)
{
    private const int MaximumAnswer = 64 * 1024;

    /// <summary>A DER TimeStampResp over <paramref name="signature"/>.</summary>
    /// <exception cref="Signing.SigningException">The authority refused.</exception>
    /// <exception cref="HttpRequestException">The authority cannot be reached or answers nonsense.</exception>
    internal async Task<ReadOnlyMemory<byte>> TimestampAsync(ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        var query = TimestampRequest.Over(signature.Span);
        var request = new ServiceRequest("The timestamp authority", HttpMethod.Post, url)
        {
            Body = query.ToDer(),
            ContentType = "application/timestamp-query",
            Accept = "application/timestamp-reply",
            MaximumBytes = MaximumAnswer,
        };
        var response = (await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Accepted();
        return response.Read(() =>
        {
            TimestampAnswer.Require(response.Body, query);
            return response.Body;
        });
    }
}

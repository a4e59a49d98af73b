namespace Aixv.Authority.Tests.Signing;

/// <summary>A network that loses the first answer of each service, after the service did its work.</summary>
internal sealed class LosingHandler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private readonly HashSet<Uri> lost = [];

    internal int Lost => lost.Count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!lost.Add(request.RequestUri!))
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "the connection broke");
    }
}

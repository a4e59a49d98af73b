using System.Text;

namespace Aixv.Protocol.Tests.Advisories.Feeds;

/// <summary>Answers instead of the network.</summary>
internal sealed class FakeWeb(Func<Uri, HttpResponseMessage> answer) : HttpMessageHandler
{
    public static HttpResponseMessage Json(string json) => new() { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(answer(request.RequestUri!));
}

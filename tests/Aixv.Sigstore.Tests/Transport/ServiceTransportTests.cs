using System.Net;
using System.Text;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Tests.Transport;

public sealed class ServiceTransportTests : IDisposable
{
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly ManualClock clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    private Task<ServiceResponse> SendAsync(FakeService service, string path = "x", int maximumBytes = 1000) =>
        new ServiceTransport(http, clock).SendAsync(
            new ServiceRequest("The fake", HttpMethod.Post, new Uri(service.Url, path)) { Body = "{}"u8.ToArray(), ContentType = "application/json", MaximumBytes = maximumBytes },
            Cancel);

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task A_failure_is_tried_again_and_a_later_success_counts(int status)
    {
        using var service = FakeService.Answering(new FakeAnswer(status, []), new FakeAnswer(status, []), FakeAnswer.Json("{}", 201));
        var response = await SendAsync(service);
        Assert.Equal(HttpStatusCode.Created, response.Status);
        Assert.Equal(3, service.Requests.Count);
        Assert.Equal(2, clock.Pauses.Count);
        Assert.True(clock.Pauses[1] >= clock.Pauses[0], "pauses grow");
    }

    [Fact]
    public async Task A_failure_that_lasts_is_the_worlds_with_the_services_words()
    {
        using var service = FakeService.Answering(FakeAnswer.Json("{\"code\":14,\"message\":\"the database is away\"}", 503));
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(service));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, e.StatusCode);
        Assert.Contains("the database is away", e.Message, StringComparison.Ordinal);
        Assert.Contains("after 4 attempts", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, service.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task A_refusal_is_not_tried_again(int status)
    {
        using var service = FakeService.Answering(FakeAnswer.Json("{\"message\":\"no\\u001b[31m\"}", status));
        var e = Assert.Throws<SigningException>((await SendAsync(service)).Accepted);
        Assert.Equal((HttpStatusCode)status, e.Status);
        Assert.EndsWith($"HTTP {status}: no [31m", e.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Retry_after_is_waited_for()
    {
        using var service = FakeService.Answering(new FakeAnswer(429, []) { Headers = [("Retry-After", "17")] }, FakeAnswer.Json("{}"));
        await SendAsync(service);
        Assert.Equal([TimeSpan.FromSeconds(17)], clock.Pauses);
    }

    [Fact]
    public async Task A_service_that_asks_for_a_long_pause_is_not_asked_again()
    {
        using var service = FakeService.Answering(new FakeAnswer(503, []) { Headers = [("Retry-After", "3600")] });
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(service));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_redirect_is_refused_with_its_target()
    {
        using var service = FakeService.Answering(new FakeAnswer(307, []) { Headers = [("Location", "/elsewhere")] });
        var e = Assert.Throws<SigningException>((await SendAsync(service)).Accepted);
        Assert.Contains($"{service.Origin}/elsewhere", e.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_redirect_that_the_callers_client_followed_is_refused()
    {
        using var following = new HttpClient();
        using var service = FakeService.Answering(new FakeAnswer(307, []) { Headers = [("Location", "/elsewhere")] }, FakeAnswer.Json("{}"));
        var transport = new ServiceTransport(following, clock);
        var e = await Assert.ThrowsAsync<HttpRequestException>(
            () => transport.SendAsync(new ServiceRequest("The fake", HttpMethod.Get, service.Url), Cancel));
        Assert.Contains("redirects", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10_000_000L)]
    public async Task An_answer_past_its_bound_is_refused_and_not_asked_for_again(long? declared)
    {
        using var service = FakeService.Answering(new FakeAnswer(200, new byte[2000]) { DeclaredLength = declared });
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(service));
        Assert.Contains("larger than 1000 bytes", e.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_tried_again()
    {
        using var service = FakeService.Answering(new FakeAnswer(200, new byte[5]) { DeclaredLength = 50 }, FakeAnswer.Json("{}"));
        Assert.True((await SendAsync(service)).IsOk);
    }

    [Fact]
    public async Task Nobody_listening_is_the_worlds_failure()
    {
        Uri url;
        using (var service = FakeService.Answering(FakeAnswer.HangUp))
        {
            url = service.Url;
        }

        var e = await Assert.ThrowsAsync<HttpRequestException>(
            () => new ServiceTransport(http, clock).SendAsync(new ServiceRequest("The fake", HttpMethod.Get, url), Cancel));
        Assert.Contains("cannot be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up()
    {
        using var released = new ManualResetEventSlim();
        using var service = new FakeService(_ =>
        {
            released.Wait(TimeSpan.FromSeconds(5), Cancel);
            return FakeAnswer.HangUp;
        });
        var transport = new ServiceTransport(http, clock, RetryPolicy.Default with { Attempts = 1 });
        var request = new ServiceRequest("The fake", HttpMethod.Get, service.Url) { Timeout = TimeSpan.FromMilliseconds(100) };
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => transport.SendAsync(request, Cancel));
        released.Set();
        Assert.Contains("no answer within", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_name_the_program_and_errors_never_the_token()
    {
        using var service = FakeService.Answering(FakeAnswer.Json("{}", 401));
        var request = new ServiceRequest("The fake", HttpMethod.Get, new Uri(service.Url, "?code=hidden")) { BearerToken = "verysecret" };
        var response = await new ServiceTransport(http, clock).SendAsync(request, Cancel);
        Assert.True(service.Requests.TryPeek(out var seen));
        Assert.StartsWith("aixv/", seen.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal("Bearer verysecret", seen.Headers["Authorization"]);
        var shown = response.Refusal().ToString() + request;
        Assert.DoesNotContain("verysecret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_the_attempts()
    {
        using var cancel = new CancellationTokenSource();
        using var service = new FakeService(_ =>
        {
            cancel.Cancel();
            return new FakeAnswer(500, Encoding.UTF8.GetBytes("x"));
        });
        var transport = new ServiceTransport(http, clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.SendAsync(new ServiceRequest("The fake", HttpMethod.Get, service.Url), cancel.Token));
        Assert.Single(service.Requests);
    }
}

using System.Net;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Tests.Tuf;

public sealed class HttpTufRepositoryTests
{
    private readonly List<Uri> requests = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpTufRepository Repository(Func<int, HttpResponseMessage> answer, string url = "https://example.org/repo") =>
        new(new Uri(url), () => new Handler(this, answer)) { Pause = TimeSpan.FromMilliseconds(1), AttemptTimeout = TimeSpan.FromMilliseconds(300) };

    private static HttpResponseMessage Ok(byte[] body) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };

    [Theory]
    [InlineData("https://example.org/repo")]
    [InlineData("https://example.org/repo/")]
    public async Task Paths_are_below_the_url(string url)
    {
        using var repository = Repository(_ => Ok([1]), url);
        Assert.Equal([1], await repository.FetchAsync("targets/a%2Fb", 1, Cancel));
        Assert.Equal("https://example.org/repo/targets/a%2Fb", requests.Single().AbsoluteUri);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task What_is_not_there_is_null(HttpStatusCode status)
    {
        using var repository = Repository(_ => new(status));
        Assert.Null(await repository.FetchAsync("9.root.json", 1, Cancel));
        Assert.Single(requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(null)]
    public async Task What_fails_in_passing_is_tried_again(HttpStatusCode? status)
    {
        using var repository = Repository(n => n < 3 ? status is { } s ? new(s) : throw new HttpRequestException("reset") : Ok([7]));
        Assert.Equal([7], await repository.FetchAsync("a", 1, Cancel));
        Assert.Equal(3, requests.Count);
    }

    [Fact]
    public async Task It_is_tried_three_times()
    {
        using var repository = Repository(_ => new(HttpStatusCode.BadGateway));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => repository.FetchAsync("a", 1, Cancel));
        Assert.Equal(HttpStatusCode.BadGateway, failure.StatusCode);
        Assert.Equal(3, requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task Other_answers_are_failures_at_once(HttpStatusCode status)
    {
        using var repository = Repository(_ => new(status));
        await Assert.ThrowsAsync<HttpRequestException>(() => repository.FetchAsync("a", 1, Cancel));
        Assert.Single(requests);
    }

    [Fact]
    public async Task An_announced_length_over_the_limit_is_not_read()
    {
        using var repository = Repository(_ => Ok(new byte[11]));
        Assert.Equal(TufRefusal.TooLarge, (await Assert.ThrowsAsync<TufException>(() => repository.FetchAsync("a", 10, Cancel))).Reason);
        Assert.Equal(10, (await Repository(_ => Ok(new byte[10])).FetchAsync("a", 10, Cancel))!.Length);
    }

    [Fact]
    public async Task An_endless_body_is_cut_off()
    {
        var endless = new EndlessStream();
        using var repository = Repository(_ => new(HttpStatusCode.OK) { Content = new StreamContent(endless) });
        Assert.Equal(TufRefusal.TooLarge, (await Assert.ThrowsAsync<TufException>(() => repository.FetchAsync("a", 100_000, Cancel))).Reason);
        Assert.InRange(endless.Given, 100_001, 100_000 + 64 * 1024);
        Assert.Single(requests);
    }

    [Fact]
    public async Task A_body_that_never_ends_in_time_is_a_failure_of_the_network()
    {
        using var repository = Repository(_ => new(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream { Hangs = true }) });
        await Assert.ThrowsAsync<HttpRequestException>(() => repository.FetchAsync("a", 100_000, Cancel));
    }

    [Fact]
    public async Task Cancelling_is_not_a_failure_of_the_network()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        using var repository = Repository(_ => new(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream { Hangs = true }) });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => repository.FetchAsync("a", 100_000, source.Token));
    }

    private sealed class Handler(HttpTufRepositoryTests test, Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test.requests.Add(request.RequestUri!);
            return Task.FromResult(answer(test.requests.Count));
        }
    }

    private sealed class EndlessStream : Stream
    {
        internal bool Hangs { get; init; }

        internal long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            Given += buffer.Length;
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using System.Net;
using System.Security.Cryptography;
using Aixv.Sigstore.Tests.Tuf;
using Aixv.Sigstore.Trust.Instances;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Tests.Trust.Instances;

public sealed class InstanceStoreTests : IDisposable
{
    private const string Url = "https://tuf.example.org/repo";
    private readonly TestRepository repository = new();
    private readonly TestTime time = new(TestTime.Start);
    private readonly string folder = Directory.CreateTempSubdirectory("aixv-trust-").FullName;
    private readonly InstanceStore store;
    private bool down;

    public InstanceStoreTests()
    {
        repository.Targets["trusted_root.json"] = "{}"u8.ToArray();
        repository.Targets["signing_config.v0.2.json"] = "[]"u8.ToArray();
        repository.Publish();
        store = new(folder, time, _ => new Network(this));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<InstanceStatus> AddAsync(string name = "lab") => store.AddAsync(name, Url, InstanceAnchor.Root(repository.RootBytes), Cancel);

    [Fact]
    public async Task An_added_instance_resolves_from_its_repository_and_then_from_the_cache()
    {
        await AddAsync();
        var fetched = await store.ResolveAsync("lab", offline: false, Cancel);
        Assert.Equal((TrustSource.Fetched, null), (fetched.Source, fetched.Warning));
        Assert.Equal("{}"u8, fetched.TrustedRoot.Span);
        Assert.Equal("[]"u8, fetched.SigningConfig!.Value.Span);

        down = true;
        time.Now += TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1);
        var cached = await store.ResolveAsync("lab", offline: false, Cancel);
        Assert.Equal((TrustSource.Cached, null), (cached.Source, cached.Warning));
        Assert.Equal(TestTime.Start, cached.Date);
    }

    [Fact]
    public async Task After_a_day_the_repository_is_asked_again()
    {
        await AddAsync();
        await store.ResolveAsync("lab", offline: false, Cancel);
        time.Now += TimeSpan.FromHours(24);
        repository.Requests.Clear();
        Assert.Equal(TrustSource.Fetched, (await store.ResolveAsync("lab", offline: false, Cancel)).Source);
        Assert.Contains("timestamp.json", repository.Requests);
    }

    [Fact]
    public async Task What_has_expired_is_not_fresh_however_young()
    {
        repository.Timestamp.Expires = TestTime.Start.AddHours(1);
        repository.PublishTimestamp();
        await AddAsync();
        await store.ResolveAsync("lab", offline: false, Cancel);
        time.Now = TestTime.Start.AddHours(1);
        var refusal = await Assert.ThrowsAsync<TufException>(() => store.ResolveAsync("lab", offline: false, Cancel));
        Assert.Equal(TufRefusal.Expired, refusal.Reason);
    }

    [Fact]
    public async Task A_cache_from_the_future_is_not_fresh()
    {
        await AddAsync();
        await store.ResolveAsync("lab", offline: false, Cancel);
        time.Now -= TimeSpan.FromDays(1);
        Assert.Equal(TrustSource.Fetched, (await store.ResolveAsync("lab", offline: false, Cancel)).Source);
    }

    [Fact]
    public async Task A_network_failure_leaves_an_unexpired_cache_usable_and_says_so()
    {
        await AddAsync();
        await store.ResolveAsync("lab", offline: false, Cancel);
        (down, time.Now) = (true, time.Now.AddDays(3));
        var trust = await store.ResolveAsync("lab", offline: false, Cancel);
        Assert.Equal(TrustSource.Cached, trust.Source);
        Assert.Contains("3 days ago", trust.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_failure_with_an_expired_cache_is_an_error_of_the_network()
    {
        await AddAsync();
        await store.ResolveAsync("lab", offline: false, Cancel);
        (down, time.Now) = (true, time.Now.AddDays(31));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => store.ResolveAsync("lab", offline: false, Cancel));
        Assert.Contains("has expired; --offline", failure.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failure.StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_never_covered_by_the_cache()
    {
        await AddAsync();
        repository.PublishNext();
        await store.ResolveAsync("lab", offline: false, Cancel);
        time.Now = time.Now.AddDays(2);
        repository.Timestamp.Version = 1;
        repository.PublishTimestamp();
        var refusal = await Assert.ThrowsAsync<TufException>(() => store.ResolveAsync("lab", offline: false, Cancel));
        Assert.Equal(TufRefusal.Rollback, refusal.Reason);
    }

    [Fact]
    public async Task Offline_uses_the_cache_even_when_it_has_expired_and_opens_no_socket()
    {
        await AddAsync();
        await store.ResolveAsync("lab", offline: false, Cancel);
        (down, time.Now) = (true, time.Now.AddDays(400));
        repository.Requests.Clear();
        var trust = await store.ResolveAsync("lab", offline: true, Cancel);
        Assert.Equal(TrustSource.Cached, trust.Source);
        Assert.Contains("400 days ago", trust.Warning, StringComparison.Ordinal);
        Assert.Empty(repository.Requests);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("staging")]
    public async Task Offline_without_a_cache_uses_the_embedded_copy_and_says_how_old_it_is(string name)
    {
        (down, time.Now) = (true, new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        var trust = await store.ResolveAsync(name, offline: true, Cancel);
        Assert.Equal(TrustSource.Embedded, trust.Source);
        Assert.Matches("2026-08-(19|21).*9[24] days old", trust.Warning);
        Assert.Null(trust.SigningConfig);
        Assert.Empty(repository.Requests);
    }

    [Fact]
    public async Task Offline_with_nothing_at_hand_says_what_to_bring()
    {
        await AddAsync();
        var failure = await Assert.ThrowsAsync<TrustInstanceException>(() => store.ResolveAsync("lab", offline: true, Cancel));
        Assert.Contains("aixv trust update lab", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--trusted-root FILE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_asks_however_fresh_the_cache_is()
    {
        await AddAsync();
        await store.ResolveAsync("lab", offline: false, Cancel);
        repository.Targets["trusted_root.json"] = "new"u8.ToArray();
        repository.PublishNext();
        var trust = await store.UpdateAsync("lab", Cancel);
        Assert.Equal("new"u8, trust.TrustedRoot.Span);
    }

    [Fact]
    public async Task A_repository_without_a_trusted_root_is_an_error_and_one_without_a_signing_config_is_not()
    {
        await AddAsync();
        repository.Targets.Remove("signing_config.v0.2.json");
        repository.PublishNext();
        Assert.Null((await store.ResolveAsync("lab", offline: false, Cancel)).SigningConfig);
        repository.Targets.Remove("trusted_root.json");
        repository.PublishNext();
        await Assert.ThrowsAsync<TrustInstanceException>(() => store.UpdateAsync("lab", Cancel));
    }

    [Fact]
    public async Task The_fingerprint_pins_the_first_root()
    {
        var fingerprint = Convert.ToHexString(SHA256.HashData(repository.RootBytes));
        var status = await store.AddAsync("lab", "http://tuf.example.org", InstanceAnchor.Fingerprint("sha256:" + fingerprint), Cancel);
        Assert.Equal(fingerprint, status.InitialRootSha256, ignoreCase: true);

        repository.PublishRoot();
        var refusal = await Assert.ThrowsAsync<TufException>(
            () => store.AddAsync("lab2", Url, InstanceAnchor.Fingerprint(fingerprint), Cancel));
        Assert.Equal(TufRefusal.HashMismatch, refusal.Reason);
        Assert.DoesNotContain(store.List(), i => i.Name == "lab2");
    }

    [Theory]
    [InlineData("http://tuf.example.org", false)]
    [InlineData("http://localhost:8080/tuf", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("https://tuf.example.org", true)]
    public async Task Trust_on_first_use_needs_https_or_this_machine(string url, bool allowed)
    {
        var add = store.AddAsync("lab", url, InstanceAnchor.TrustOnFirstUseUnsafe, Cancel);
        if (allowed)
        {
            Assert.Equal(1, (await add).InitialRootVersion);
        }
        else
        {
            await Assert.ThrowsAsync<TrustInstanceException>(() => add);
            Assert.Empty(repository.Requests);
        }
    }

    [Fact]
    public async Task Instances_are_listed_shown_and_removed()
    {
        await AddAsync("zoo");
        await AddAsync("lab");
        Assert.Equal(["public", "staging", "lab", "zoo"], store.List().Select(i => i.Name));
        Assert.Null(store.Show("lab").Cached);
        await store.UpdateAsync("lab", Cancel);
        var cached = store.Show("lab").Cached!;
        Assert.Equal((true, 1, TestTime.Start.AddDays(30)), (cached.IsFresh, cached.RootVersion, cached.Expires));
        Assert.Equal(new Uri(Url), store.Show("lab").Url);

        store.Remove("lab");
        Assert.Equal(["public", "staging", "zoo"], store.List().Select(i => i.Name));
        await Assert.ThrowsAsync<TrustInstanceException>(() => store.ResolveAsync("lab", offline: false, Cancel));
        Assert.Throws<TrustInstanceException>(() => store.Remove("lab"));
        await AddAsync("lab");
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("public")]
    [InlineData("staging")]
    public async Task A_name_that_is_taken_is_refused(string name)
    {
        await AddAsync("lab");
        Assert.Contains(name, (await Assert.ThrowsAsync<TrustInstanceException>(() => AddAsync(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Built_in_instances_cannot_be_removed() => Assert.Throws<TrustInstanceException>(() => store.Remove("public"));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("A")]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("a\n")]
    [InlineData("a0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_name_that_is_no_plain_word_is_refused(string name)
    {
        await Assert.ThrowsAsync<FormatException>(() => AddAsync(name));
        await Assert.ThrowsAsync<FormatException>(() => store.ResolveAsync(name, offline: true, Cancel));
        Assert.Throws<FormatException>(() => store.Remove(name));
    }

    [Theory]
    [InlineData("ftp://example.org")]
    [InlineData("example.org")]
    [InlineData("https://u:p@example.org")]
    [InlineData("https://example.org/?a=b")]
    [InlineData("file:///etc")]
    public async Task A_url_of_another_form_is_refused(string url) => await Assert.ThrowsAsync<FormatException>(
        () => store.AddAsync("lab", url, InstanceAnchor.Root(repository.RootBytes), Cancel));

    [Fact]
    public async Task A_root_that_is_none_is_refused_and_nothing_is_left()
    {
        await Assert.ThrowsAsync<TufException>(() => store.AddAsync("lab", Url, InstanceAnchor.Root("{}"u8.ToArray()), Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_damaged_instance_says_how_to_mend_it()
    {
        await AddAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "lab", "instance.json"), "{", Cancel);
        Assert.Contains("aixv trust remove lab", Assert.Throws<TrustInstanceException>(() => store.Show("lab")).Message, StringComparison.Ordinal);
        store.Remove("lab");
    }

    [Fact]
    public async Task The_public_root_of_2026_is_where_rotation_begins_even_in_2030()
    {
        var failure = await Assert.ThrowsAsync<TufException>(() => store.UpdateAsync("public", Cancel));
        Assert.Equal(TufRefusal.Expired, failure.Reason);
        Assert.Equal("15.root.json", repository.Requests[0]);
    }

    [Fact]
    public void The_folder_follows_the_environment()
    {
        static string Of(string localData, params (string Name, string Value)[] variables) =>
            TrustDirectory.Resolve(name => variables.FirstOrDefault(v => v.Name == name).Value, localData);

        Assert.Equal("/own/trust", Of("/local", ("AIXV_HOME", "/own"), ("XDG_DATA_HOME", "/data")));
        Assert.Equal("/data/aixv/trust", Of("/local", ("XDG_DATA_HOME", "/data")));
        Assert.Equal("/local/aixv/trust", Of("/local", ("XDG_DATA_HOME", "relative")));
        Assert.Equal("/local/aixv/trust", Of("/local", ("AIXV_HOME", "")));
        Assert.Throws<IOException>(() => Of(""));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private sealed class Network(InstanceStoreTests test) : ITufRepository
    {
        public Task<byte[]?> FetchAsync(string path, int maximumLength, CancellationToken cancellationToken) => test.down
            ? throw new HttpRequestException("the network is down", null, HttpStatusCode.ServiceUnavailable)
            : test.repository.FetchAsync(path, maximumLength, cancellationToken);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Tuf;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Tuf;

public sealed class TufClientTests : TufTestBase
{
    [Fact]
    public async Task A_target_is_fetched_and_kept()
    {
        var update = await RefreshAsync("a.txt", "absent.txt");
        Assert.Equal("the target"u8, update.Find("a.txt")!.Value.Span);
        Assert.Null(update.Find("absent.txt"));
        Assert.True(update.Knows("absent.txt"));
        Assert.False(update.Knows("other.txt"));

        var cached = Client(new NoRepository()).ReadCached()!;
        Assert.Equal("the target"u8, cached.Find("a.txt")!.Value.Span);
        Assert.True(cached.Knows("absent.txt"));
        Assert.Equal(Time.Now, cached.Refreshed);
        Assert.Equal(TestTime.Start.AddDays(30), cached.Expires);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.Rsa)]
    public async Task Every_kind_of_key_signs(KeyAlgorithm algorithm)
    {
        var repository = new TestRepository(algorithm);
        var client = new TufClient(repository, Folder, repository.RootBytes, Time);
        Assert.NotNull((await client.RefreshAsync(["a.txt"], null, Cancel)).Find("a.txt"));
        Assert.NotNull(client.ReadCached());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Metadata_may_leave_out_hashes_and_lengths(bool consistent)
    {
        Repository.HashesInMetadata = false;
        Repository.RotateRoot(() => Repository.Consistent = consistent);
        Repository.PublishNext();
        Assert.NotNull((await RefreshAsync()).Find("a.txt"));
        Assert.Equal(consistent, Repository.Requests.Contains("2.snapshot.json"));
        Assert.Equal(!consistent, Repository.Requests.Contains("targets/a.txt"));
    }

    [Fact]
    public async Task A_second_refresh_asks_only_for_what_may_have_changed()
    {
        await RefreshAsync();
        Repository.Requests.Clear();
        var update = await RefreshAsync();
        Assert.Equal(["2.root.json", "timestamp.json"], Repository.Requests);
        Assert.NotNull(update.Find("a.txt"));
    }

    [Fact]
    public async Task A_change_is_followed()
    {
        await RefreshAsync();
        Repository.Targets["a.txt"] = "another"u8.ToArray();
        Repository.PublishNext();
        var update = await RefreshAsync();
        Assert.Equal("another"u8, update.Find("a.txt")!.Value.Span);
        Assert.Equal((1, 2, 2, 2), (update.RootVersion, update.TimestampVersion, update.SnapshotVersion, update.TargetsVersion));
    }

    [Fact]
    public async Task A_timestamp_of_the_same_version_changes_nothing()
    {
        await RefreshAsync();
        Repository.Targets["a.txt"] = "another"u8.ToArray();
        Repository.TopTargets.Version++;
        Repository.Snapshot.Version++;
        Repository.Publish();
        var update = await RefreshAsync();
        Assert.Equal("the target"u8, update.Find("a.txt")!.Value.Span);
    }

    [Fact]
    public async Task A_damaged_cache_is_as_good_as_none()
    {
        await RefreshAsync();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json"))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        Assert.Null(Client().ReadCached());
        Assert.NotNull((await RefreshAsync()).Find("a.txt"));
        Assert.NotNull(Client().ReadCached());
    }

    [Fact]
    public async Task Every_flipped_byte_of_the_kept_update_is_noticed_or_harmless()
    {
        await RefreshAsync();
        var path = Path.Combine(Folder, "complete.json");
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        for (var i = 0; i < bytes.Length; i += 97)
        {
            bytes[i] ^= 2;
            await File.WriteAllBytesAsync(path, bytes, Cancel);
            var read = Client().ReadCached();
            Assert.True(read?.Find("a.txt") is null || read.Find("a.txt")!.Value.Span.SequenceEqual("the target"u8), $"byte {i}");
            bytes[i] ^= 2;
        }
    }

    public static TheoryData<string> Members =>
        ["refreshed", "root", "timestamp", "snapshot", "roles", "files", "roles/0", "roles/0/name", "roles/0/metadata", "files/a.txt"];

    [Theory, MemberData(nameof(Members))]
    public async Task A_kept_update_with_a_member_of_another_kind_counts_as_absent(string member)
    {
        await RefreshAsync();
        var path = Path.Combine(Folder, "complete.json");
        var original = await File.ReadAllTextAsync(path, Cancel);
        foreach (var other in (string[])["null", "1", "\"?\"", "\"\"", "[]", "{}", "[1]"])
        {
            var json = JsonNode.Parse(original)!;
            var parent = json;
            var names = member.Split('/');
            foreach (var name in names[..^1])
            {
                parent = parent is JsonArray array ? array[0]! : parent[name]!;
            }

            if (parent is JsonArray items)
            {
                items[0] = JsonNode.Parse(other);
            }
            else
            {
                parent[names[^1]] = JsonNode.Parse(other);
            }

            await File.WriteAllTextAsync(path, json.ToJsonString(), Cancel);

            // No files is a possible outcome of an update, and harmless: what was not asked for is asked for.
            Assert.True(Client().ReadCached() is null || (member, other) == ("files", "{}"), other);
        }
    }

    [Fact]
    public async Task Refreshes_at_once_all_succeed_and_one_of_them_asks()
    {
        var updates = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Client().RefreshAsync(["a.txt"], unless: _ => true, Cancel), Cancel)));
        Assert.All(updates, u => Assert.NotNull(u.Find("a.txt")));
        Assert.Equal(1, Repository.Requests.Count(r => r == "timestamp.json"));
    }

    [Fact]
    public async Task Readers_beside_writers_see_whole_updates()
    {
        await RefreshAsync();
        using var done = new CancellationTokenSource();
        var reader = Task.Run(
            () =>
            {
                var reads = 0;
                do
                {
                    Assert.StartsWith("the target", Encoding.UTF8.GetString(Client().ReadCached()!.Find("a.txt")!.Value.Span), StringComparison.Ordinal);
                    reads++;
                }
                while (!done.IsCancellationRequested);

                return reads;
            },
            Cancel);
        for (var i = 0; i < 20; i++)
        {
            Repository.Targets["a.txt"] = Encoding.UTF8.GetBytes($"the target {i}");
            Repository.PublishNext();
            await RefreshAsync();
        }

        await done.CancelAsync();
        Assert.True(await reader > 0);
    }

    private sealed class NoRepository : ITufRepository
    {
        public Task<byte[]?> FetchAsync(string path, int maximumLength, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("the network must not be used");
    }
}

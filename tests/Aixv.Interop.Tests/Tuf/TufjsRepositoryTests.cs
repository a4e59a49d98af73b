using System.Text;
using Aixv.Sigstore.Tuf;

namespace Aixv.Interop.Tests.Tuf;

/// <summary>Our client against repositories made by the @tufjs packages, over HTTP, honest and not.</summary>
public sealed class TufjsRepositoryTests(NodeTufServer server) : IClassFixture<NodeTufServer>, IDisposable
{
    private const string Target = "models/a.txt";
    private readonly string folder = Directory.CreateTempSubdirectory("aixv-tufjs-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<TufTargets> RefreshAsync(params string[] targets)
    {
        using var repository = new HttpTufRepository(new Uri(server.Url, "models"));
        return await new TufClient(repository, folder, server.ModelsRoot, TimeProvider.System).RefreshAsync(targets, unless: null, Cancel);
    }

    private async Task PublishAsync(string state)
    {
        Assert.SkipUnless(server.Missing is null, server.Missing ?? "");
        await server.PublishAsync(state);
    }

    [Fact]
    public async Task The_repository_of_repo_mock_is_read()
    {
        Assert.SkipUnless(server.Missing is null, server.Missing ?? "");
        using var repository = new HttpTufRepository(new Uri(server.Url, "mock"));
        var root = await repository.FetchAsync("1.root.json", 100_000, Cancel);
        var client = new TufClient(repository, folder, root, TimeProvider.System);
        var update = await client.RefreshAsync(["a.txt", "b/c.json", "absent"], unless: null, Cancel);
        Assert.Equal("a target from afar", Encoding.UTF8.GetString(update.Find("a.txt")!.Value.Span));
        Assert.Equal("{}", Encoding.UTF8.GetString(update.Find("b/c.json")!.Value.Span));
        Assert.Null(update.Find("absent"));
        Assert.Equal(update.Expires, client.ReadCached()!.Expires);
    }

    [Fact]
    public async Task A_repository_signed_with_three_kinds_of_key_is_read_and_followed()
    {
        await PublishAsync("{}");
        Assert.Equal("a target from afar", Encoding.UTF8.GetString((await RefreshAsync(Target)).Find(Target)!.Value.Span));
        await PublishAsync("""{"versions":{"timestamp":3,"snapshot":2,"targets":2},"rotate":"both"}""");
        var update = await RefreshAsync(Target);
        Assert.Equal((2, 3, 2, 2), (update.RootVersion, update.TimestampVersion, update.SnapshotVersion, update.TargetsVersion));
    }

    [Theory]
    [InlineData("""{"versions":{"timestamp":1,"snapshot":2,"targets":2}}""", TufRefusal.Rollback, "timestamp.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":1,"targets":2}}""", TufRefusal.Rollback, "snapshot.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":1}}""", TufRefusal.Rollback, "targets.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":2,"targets":2},"expired":["timestamp"]}""", TufRefusal.Expired, "timestamp.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":2},"expired":["snapshot"]}""", TufRefusal.Expired, "snapshot.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":3},"expired":["targets"]}""", TufRefusal.Expired, "targets.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":3},"strangers":["timestamp"]}""", TufRefusal.WrongThreshold, "timestamp.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":3},"strangers":["snapshot"]}""", TufRefusal.WrongThreshold, "snapshot.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":3},"few":["targets"]}""", TufRefusal.WrongThreshold, "targets.json")]
    [InlineData("""{"rotate":"old"}""", TufRefusal.WrongThreshold, "2.root.json, by its own keys")]
    [InlineData("""{"rotate":"new"}""", TufRefusal.WrongThreshold, "2.root.json, by the keys of root version 1")]
    [InlineData("""{"endless":["2.root.json"]}""", TufRefusal.TooLarge, "2.root.json")]
    [InlineData("""{"endless":["timestamp.json"]}""", TufRefusal.TooLarge, "timestamp.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":3},"endless":["3.snapshot.json"]}""", TufRefusal.TooLarge, "3.snapshot.json")]
    [InlineData("""{"versions":{"timestamp":3,"snapshot":3,"targets":3},"endless":["3.targets.json"]}""", TufRefusal.TooLarge, "3.targets.json")]
    public async Task An_attack_after_an_honest_update_is_refused(string attack, TufRefusal reason, string where)
    {
        await PublishAsync("""{"versions":{"timestamp":2,"snapshot":2,"targets":2}}""");
        await RefreshAsync();
        await PublishAsync(attack);
        var refusal = await Assert.ThrowsAsync<TufException>(() => RefreshAsync(Target));
        Assert.Equal(reason, refusal.Reason);
        Assert.Contains(where, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("snapshot")]
    [InlineData("targets")]
    public async Task Mixed_versions_are_refused(string stale)
    {
        await PublishAsync("""{"versions":{"timestamp":2,"snapshot":2,"targets":2}}""");
        await PublishAsync($$"""{"versions":{"timestamp":3,"snapshot":3,"targets":3},"stale":["{{stale}}"]}""");
        var refusal = await Assert.ThrowsAsync<TufException>(() => RefreshAsync(Target));

        // The lengths of ECDSA signatures vary, and with them which of the three is noticed first.
        Assert.True(refusal.Reason is TufRefusal.HashMismatch or TufRefusal.LengthMismatch or TufRefusal.TooLarge, refusal.Message);
    }

    [Fact]
    public async Task A_tampered_target_is_refused()
    {
        await PublishAsync("""{"tamper":true}""");
        Assert.Equal(TufRefusal.HashMismatch, (await Assert.ThrowsAsync<TufException>(() => RefreshAsync(Target))).Reason);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

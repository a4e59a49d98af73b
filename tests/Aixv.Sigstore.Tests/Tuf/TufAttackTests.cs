using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Tuf;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Tuf;

/// <summary>What a repository, or somebody in its place, may try (TUF §1.5.2); each is refused for its own reason.</summary>
public sealed class TufAttackTests : TufTestBase
{
    [Fact]
    public async Task An_older_timestamp_is_a_rollback()
    {
        Repository.PublishNext();
        await RefreshAsync();
        Repository.Timestamp.Version = 1;
        Repository.PublishTimestamp();
        await RefusedAsync(TufRefusal.Rollback);
    }

    [Fact]
    public async Task A_newer_timestamp_of_an_older_snapshot_is_a_rollback()
    {
        Repository.PublishNext();
        await RefreshAsync();
        Repository.Snapshot.Version = 1;
        Repository.Timestamp.Version = 3;
        Repository.PublishSnapshot();
        Repository.PublishTimestamp();
        Assert.Contains("snapshot.json", (await RefusedAsync(TufRefusal.Rollback)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_snapshot_of_older_targets_is_a_rollback()
    {
        Repository.PublishNext();
        await RefreshAsync();
        Repository.TopTargets.Version = 0;
        Repository.PublishNext();
        Assert.Contains("targets.json", (await RefusedAsync(TufRefusal.Rollback)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_that_no_longer_lists_a_role_is_a_rollback()
    {
        Repository.PublishSnapshot(s => s["meta"]!["gone.json"] = new JsonObject { ["version"] = 1 });
        Repository.PublishTimestamp();
        await RefreshAsync();
        Repository.PublishNext();
        Assert.Contains("gone.json", (await RefusedAsync(TufRefusal.Rollback)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_is_seen_with_metadata_that_has_expired_since()
    {
        Repository.PublishNext();
        await RefreshAsync();
        Time.Now = Time.Now.AddDays(60);
        foreach (var role in (TestRole[])[Repository.Root, Repository.Timestamp, Repository.Snapshot, Repository.TopTargets])
        {
            role.Expires = Time.Now.AddDays(10);
        }

        Repository.RotateRoot(() => { });
        Repository.Timestamp.Version = 1;
        Repository.PublishTimestamp();
        await RefusedAsync(TufRefusal.Rollback);
    }

    [Theory]
    [InlineData("root")]
    [InlineData("timestamp")]
    [InlineData("snapshot")]
    [InlineData("targets")]
    public async Task Expired_metadata_is_a_freeze(string name)
    {
        Role(name).Expires = Time.Now;
        Repository.RotateRoot(() => { });
        Repository.PublishNext();
        Assert.StartsWith(name, (await RefusedAsync(TufRefusal.Expired)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_repository_is_refused_once_its_timestamp_expires()
    {
        await RefreshAsync();
        Time.Now = TestTime.Start.AddDays(30).AddSeconds(-1);
        await RefreshAsync();
        Time.Now = TestTime.Start.AddDays(30);
        await RefusedAsync(TufRefusal.Expired);
    }

    [Fact]
    public async Task Roots_on_the_way_may_have_expired()
    {
        Repository.Root.Expires = Time.Now.AddDays(-1);
        Repository.RotateRoot(() => { });
        Repository.RotateRoot(() => Repository.Root.Expires = Time.Now.AddDays(1));
        Assert.Equal(3, (await RefreshAsync()).RootVersion);
    }

    [Fact]
    public async Task Time_stands_still_during_an_update()
    {
        var slow = new SlowRepository(Repository, () => Time.Now = Time.Now.AddDays(10));
        Assert.NotNull((await Client(slow).RefreshAsync(["a.txt"], null, Cancel)).Find("a.txt"));
    }

    [Theory]
    [InlineData(true, TufRefusal.HashMismatch)]
    [InlineData(false, TufRefusal.VersionMismatch)]
    public async Task A_snapshot_other_than_the_timestamp_says_is_mix_and_match(bool hashes, TufRefusal reason)
    {
        (Repository.HashesInMetadata, Repository.LengthsInMetadata) = (hashes, false);
        Repository.Publish();
        Repository.Snapshot.Version = 2;
        Repository.PublishSnapshot();
        Repository.Files["1.snapshot.json"] = Repository.Files["2.snapshot.json"];
        await RefusedAsync(reason);
    }

    [Theory]
    [InlineData(true, TufRefusal.HashMismatch)]
    [InlineData(false, TufRefusal.VersionMismatch)]
    public async Task Targets_other_than_the_snapshot_says_are_mix_and_match(bool hashes, TufRefusal reason)
    {
        (Repository.HashesInMetadata, Repository.LengthsInMetadata) = (hashes, false);
        Repository.Publish();
        var honest = Repository.Files["timestamp.json"];
        Repository.PublishNext();
        Repository.Files["timestamp.json"] = honest;
        Repository.Files["1.targets.json"] = Repository.Files["2.targets.json"];
        await RefusedAsync(reason);
    }

    [Theory]
    [InlineData("root")]
    [InlineData("timestamp")]
    [InlineData("snapshot")]
    [InlineData("targets")]
    public async Task A_role_signed_by_a_stranger_is_refused(string name)
    {
        Role(name).Signers = [SigningKey.Generate(KeyAlgorithm.EcdsaP256)];
        Repository.HashesInMetadata = false;
        Repository.Root.Version++;
        Repository.PublishRoot();
        Repository.PublishNext();
        Assert.Contains(name, (await RefusedAsync(TufRefusal.WrongThreshold)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public async Task A_threshold_needs_as_many_keys(int missing, bool enough)
    {
        var keys = Enumerable.Range(0, 3).Select(_ => SigningKey.Generate(KeyAlgorithm.EcdsaP256)).ToList();
        Repository.RotateRoot(() => (Repository.Timestamp.Keys, Repository.Timestamp.Threshold) = (keys, 2));
        Repository.Timestamp.Signers = [.. keys.Skip(missing)];
        Repository.PublishNext();
        if (enough)
        {
            Assert.NotNull((await RefreshAsync()).Find("a.txt"));
        }
        else
        {
            await RefusedAsync(TufRefusal.WrongThreshold);
        }
    }

    [Fact]
    public async Task One_key_under_two_ids_is_one_signer()
    {
        var key = Repository.Timestamp.Keys[0];
        Repository.RotateRoot(() => Repository.Timestamp.Threshold = 2);
        Repository.PublishRoot(signed =>
        {
            signed["keys"]!["alias"] = signed["keys"]![TestRepository.IdOf(key)]!.DeepClone();
            signed["roles"]!["timestamp"]!["keyids"]!.AsArray().Add("alias");
        });
        Repository.PublishNext();
        var timestamp = JsonNode.Parse(Repository.Files["timestamp.json"])!;
        var second = timestamp["signatures"]![0]!.DeepClone();
        second["keyid"] = "alias";
        timestamp["signatures"]!.AsArray().Add(second);
        Repository.Files["timestamp.json"] = Encoding.UTF8.GetBytes(timestamp.ToJsonString());
        Assert.Contains("found 1", (await RefusedAsync(TufRefusal.WrongThreshold)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_signatures_of_one_key_id_are_malformed()
    {
        var timestamp = JsonNode.Parse(Repository.Files["timestamp.json"])!;
        timestamp["signatures"]!.AsArray().Add(timestamp["signatures"]![0]!.DeepClone());
        Repository.Files["timestamp.json"] = Encoding.UTF8.GetBytes(timestamp.ToJsonString());
        await RefusedAsync(TufRefusal.Malformed);
    }

    [Fact]
    public async Task A_tampered_target_is_refused()
    {
        var path = Repository.Files.Keys.Single(f => f.StartsWith("targets/", StringComparison.Ordinal));
        Repository.Files[path] = "The target"u8.ToArray();
        await RefusedAsync(TufRefusal.HashMismatch);
        Repository.Files[path] = "the targe"u8.ToArray();
        await RefusedAsync(TufRefusal.LengthMismatch);
        Repository.Files[path] = "the target and more"u8.ToArray();
        await RefusedAsync(TufRefusal.TooLarge);
        Assert.Null(Client().ReadCached());
    }

    [Theory]
    [InlineData("2.root.json", 513)]
    [InlineData("timestamp.json", 65)]
    [InlineData("1.snapshot.json", 2049)]
    [InlineData("1.targets.json", 5121)]
    public async Task Endless_metadata_is_cut_off(string path, int kibibytes)
    {
        Repository.HashesInMetadata = false;
        Repository.Publish();
        Repository.Files[path] = new byte[kibibytes * 1024];
        await RefusedAsync(TufRefusal.TooLarge);
    }

    [Fact]
    public async Task A_failed_update_leaves_the_last_one_usable()
    {
        await RefreshAsync();
        Repository.PublishNext();
        var snapshot = Repository.Files["2.snapshot.json"];
        Repository.Files["2.snapshot.json"] = "{}"u8.ToArray();
        await Assert.ThrowsAsync<TufException>(() => RefreshAsync());
        Assert.Equal(1, Client().ReadCached()!.TimestampVersion);
        Repository.Files["2.snapshot.json"] = snapshot;
        Assert.Equal(2, (await RefreshAsync()).TimestampVersion);
    }

    private TestRole Role(string name) => name switch
    {
        "root" => Repository.Root,
        "timestamp" => Repository.Timestamp,
        "snapshot" => Repository.Snapshot,
        _ => Repository.TopTargets,
    };

    private sealed class SlowRepository(TestRepository inner, Action pass) : ITufRepository
    {
        public Task<byte[]?> FetchAsync(string path, int maximumLength, CancellationToken cancellationToken)
        {
            pass();
            return inner.FetchAsync(path, maximumLength, cancellationToken);
        }
    }
}

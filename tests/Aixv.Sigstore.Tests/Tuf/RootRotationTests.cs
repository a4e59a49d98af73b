using Aixv.Sigstore.Tuf;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Tuf;

public sealed class RootRotationTests : TufTestBase
{
    private static SigningKey NewKey() => SigningKey.Generate(KeyAlgorithm.EcdsaP256);

    [Fact]
    public async Task New_keys_signed_by_the_old_are_followed_step_by_step()
    {
        for (var i = 0; i < 5; i++)
        {
            Repository.RotateRoot(() => Repository.Root.Keys = [NewKey(), NewKey()]);
        }

        Assert.Equal(6, (await RefreshAsync()).RootVersion);
        Assert.Equal(Repository.RootBytes, await File.ReadAllBytesAsync(Path.Combine(Folder, "root.json"), Cancel));
        Repository.Requests.Clear();
        await RefreshAsync();
        Assert.Equal("7.root.json", Repository.Requests[0]);
    }

    [Fact]
    public async Task A_root_that_only_the_new_keys_signed_is_refused()
    {
        Repository.Root.Keys = [NewKey()];
        Repository.Root.Version++;
        Repository.PublishRoot();
        Assert.Contains("keys of root version 1", (await RefusedAsync(TufRefusal.WrongThreshold)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_that_only_the_old_keys_signed_is_refused()
    {
        Repository.Root.Signers = [Repository.Root.Keys[0]];
        Repository.Root.Keys = [NewKey()];
        Repository.Root.Version++;
        Repository.PublishRoot();
        Assert.Contains("its own keys", (await RefusedAsync(TufRefusal.WrongThreshold)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_new_threshold_holds_for_the_new_root()
    {
        var old = Repository.Root.Keys[0];
        var next = NewKey();
        (Repository.Root.Keys, Repository.Root.Threshold, Repository.Root.Signers) = ([next, NewKey()], 2, [old, next]);
        Repository.Root.Version++;
        Repository.PublishRoot();
        await RefusedAsync(TufRefusal.WrongThreshold);
    }

    [Theory]
    [InlineData(1, TufRefusal.Rollback)]
    [InlineData(3, TufRefusal.VersionMismatch)]
    public async Task A_root_of_another_version_than_its_name_is_refused(int version, TufRefusal reason)
    {
        Repository.Root.Version = version;
        Repository.PublishRoot();
        Repository.Files["2.root.json"] = Repository.Files[$"{version}.root.json"];
        await RefusedAsync(reason);
    }

    [Fact]
    public async Task A_refused_root_leaves_the_good_ones_before_it()
    {
        Repository.RotateRoot(() => Repository.Root.Keys = [NewKey()]);
        var good = Repository.RootBytes;
        Repository.Root.Signers = null;
        Repository.Root.Keys = [NewKey()];
        Repository.Root.Version++;
        Repository.PublishRoot();
        await RefusedAsync(TufRefusal.WrongThreshold);
        Assert.Equal(good, await File.ReadAllBytesAsync(Path.Combine(Folder, "root.json"), Cancel));
    }

    [Fact]
    public async Task Rotations_in_one_refresh_are_bounded()
    {
        for (var i = 0; i < TufLimits.RootRotations + 3; i++)
        {
            Repository.RotateRoot(() => { });
        }

        Assert.Equal(1 + TufLimits.RootRotations, (await RefreshAsync()).RootVersion);
        Assert.Equal(Repository.Root.Version, (await RefreshAsync()).RootVersion);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rotating_online_keys_recovers_from_a_fast_forward(bool timestamp)
    {
        Repository.Timestamp.Version = Repository.Snapshot.Version = Repository.TopTargets.Version = 90_000;
        Repository.Publish();
        await RefreshAsync();
        Repository.RotateRoot(() => (timestamp ? Repository.Timestamp : Repository.Snapshot).Keys = [NewKey()]);
        Repository.Timestamp.Version = Repository.Snapshot.Version = Repository.TopTargets.Version = 2;
        Repository.Publish();
        Assert.Equal(2, (await RefreshAsync()).TimestampVersion);
    }

    [Fact]
    public async Task An_embedded_root_newer_than_the_cached_one_is_where_to_begin()
    {
        await RefreshAsync();
        Repository.RotateRoot(() => { });
        Repository.RotateRoot(() => { });
        Repository.Requests.Clear();
        await new TufClient(Repository, Folder, Repository.RootBytes, Time).RefreshAsync(["a.txt"], null, Cancel);
        Assert.Equal("4.root.json", Repository.Requests[0]);
    }
}

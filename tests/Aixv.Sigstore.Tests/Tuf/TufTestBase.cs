using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Tests.Tuf;

/// <summary>A repository, a clock and a cache folder for one test.</summary>
public abstract class TufTestBase : IDisposable
{
    private readonly TestRepository repository = new();

    private protected TestRepository Repository => repository;

    private protected TestTime Time { get; } = new(TestTime.Start);

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("aixv-tuf-").FullName;

    private protected byte[] FirstRoot => repository.Files["1.root.json"];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected TufClient Client(ITufRepository? other = null) => new(other ?? repository, Folder, FirstRoot, Time);

    private protected Task<TufTargets> RefreshAsync(params string[] targets) =>
        Client().RefreshAsync(targets.Length > 0 ? targets : ["a.txt"], unless: null, Cancel);

    private protected async Task<TufException> RefusedAsync(TufRefusal reason, params string[] targets)
    {
        var refusal = await Assert.ThrowsAsync<TufException>(() => RefreshAsync(targets));
        Assert.Equal(reason, refusal.Reason);
        return refusal;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

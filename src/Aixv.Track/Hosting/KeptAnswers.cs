using Aixv.Track.Indexing;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Hosting;

/// <summary>Answers that follow from what a view sees, and from nothing else: kept until an entry changes something of that.</summary>
internal sealed class KeptAnswers
{
    private const long MaximumBytes = 64L * 1024 * 1024;
    private const int RowBytes = 256;
    private readonly RecentCache<(Realms Realms, string Name), Kept> answers = new(MaximumBytes);

    private sealed record Kept(long Version, object? Beside, ReadOnlyMemory<byte> Body);

    /// <summary>The answer as it was kept, or made anew.</summary>
    /// <param name="view">What it is made from.</param>
    /// <param name="name">What is asked for.</param>
    /// <param name="beside">Something else that it is made from, known by reference.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async ValueTask<ReadOnlyMemory<byte>> FindAsync(
        TenantView view, string name, object? beside, Func<ValueTask<ReadOnlyMemory<byte>>> make, CancellationToken cancellationToken)
    {
        var version = await view.VersionAsync(cancellationToken);
        if (answers.TryGet((view.Realms, name), out var kept) && kept.Version == version && ReferenceEquals(kept.Beside, beside))
        {
            return kept.Body;
        }

        var body = await make();
        answers.Add((view.Realms, name), new Kept(version, beside, body), body.Length + 2 * name.Length + RowBytes, answers.Epoch);
        return body;
    }
}

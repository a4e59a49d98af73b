using System.Collections.Immutable;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Witnessing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>Asks the witnesses to cosign the latest checkpoint whenever the log has grown; one node does so for all.</summary>
/// <remarks>Answers do not wait for witnesses: a receipt that is fetched a little later has their cosignatures.</remarks>
internal sealed class WitnessingService : BackgroundService
{
    private const string Work = "witnessing";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly string node = Guid.NewGuid().ToString("N");
    private readonly HttpClient http = new() { Timeout = Patience };
    private readonly TrackRegistry registry;
    private readonly ILogger logger;
    private readonly ImmutableArray<WitnessClient> witnesses;
    private ulong cosigned;

    public WitnessingService(TrackRegistry registry, ILogger logger)
    {
        (this.registry, this.logger) = (registry, logger);
        witnesses = [.. registry.Options.Witnesses.Select(w => new WitnessClient(http, w.Url, CosignatureVerifier.Parse(w.Key)))];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, registry.Options.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CosignAsync(stoppingToken);
            }
            catch (Exception e) when (e is IOException or InvalidDataException or System.Data.Common.DbException)
            {
                logger.WitnessingFailed(e);
            }
        }
    }

    private async Task CosignAsync(CancellationToken cancellationToken)
    {
        var log = registry.Registry.Log;
        var note = await log.LatestCheckpointAsync(cancellationToken);
        var size = Checkpoint.Parse(note.Text.Span).Size;
        if (size == cosigned || !await registry.Registry.Store.Scratch.TryLeaseAsync(Work, node, registry.Options.Time.GetUtcNow(), Lease, cancellationToken))
        {
            return;
        }

        var answers = await Task.WhenAll(witnesses.Select(w => AskAsync(w, note, size, cancellationToken)));
        var signatures = answers.OfType<NoteSignature>().ToList();
        if (2 * signatures.Count > witnesses.Length)
        {
            await registry.Registry.Witnessed.KeepAsync(SignedNote.Create(note.Text, [.. note.Signatures, .. signatures]), cancellationToken);
            cosigned = signatures.Count == witnesses.Length ? size : cosigned;
        }
    }

    private async Task<NoteSignature?> AskAsync(WitnessClient witness, SignedNote note, ulong size, CancellationToken cancellationToken)
    {
        try
        {
            return await witness.CosignAsync(note, (old, cancel) => registry.Registry.Log.ProveConsistencyAsync(old, size, cancel), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.WitnessFailed(witness.Name, e.Message);
            return null;
        }
    }

    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }
}

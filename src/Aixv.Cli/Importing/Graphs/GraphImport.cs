using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>Reads one input and sends its nodes to a registry, batch by batch: reading goes on while a batch is sent.</summary>
internal sealed class GraphImport(App app, ImportTarget target, ImportSettings settings, string path)
{
    private const string StandardInput = "-";
    private const int BatchesAhead = 2;
    private readonly List<string> notes = [];
    private readonly GraphFaults faults = new();

    public async Task<ImportedGraph> RunAsync(CancellationToken cancellationToken)
    {
        using var progress = ImportDisplay.Start(app, path);
        var input = await OpenAsync(cancellationToken);
        try
        {
            var (id, shape) = (IdOf(input), DumpShapes.Of(input.Waiting.Span));
            if (settings.IsAgain || await target.FindAsync(id, cancellationToken) is not { IsNewest: true } state)
            {
                return await ImportAsync(input, shape, NewRun(id), null, progress, cancellationToken);
            }

            if (!await IsPrefixAsync(input, state, cancellationToken))
            {
                input.Dispose();
                input = path != StandardInput
                    ? await OpenAsync(cancellationToken)
                    : throw new CommandFailure("what comes on standard input begins like what was imported before and goes on differently: --again imports it anew");
                return await ImportAsync(input, shape, NewRun(id), null, progress, cancellationToken);
            }

            return state.IsComplete
                ? new ImportedGraph(path, state.Run.Source, state.Run.Progress, null, WasThere: true, [], [], null)
                : await ImportAsync(input, shape, state.Run with { Number = state.Run.Number + 1 }, state.Run.Progress.Lines, progress, cancellationToken);
        }
        finally
        {
            input.Dispose();
        }
    }

    private Task<DumpInput> OpenAsync(CancellationToken cancellationToken) => DumpInput.OpenAsync(
        path == StandardInput ? app.OpenIn() : new FileStream(app.Resolve(path), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan), cancellationToken);

    /// <summary>What the input is known again by: its beginning, and how it is read.</summary>
    private string IdOf(DumpInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{settings.Format}\n{settings.Source}\n{settings.Hub}\n"));
        hash.AppendData(input.Waiting.Span[..Math.Min(DumpInput.HeadBytes, input.Waiting.Length)]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ImportRun NewRun(string input) => new(input, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), "") { Progress = new ImportProgress() };

    /// <summary>Whether the input goes on as it did when it was imported; all that was is taken then.</summary>
    private static async Task<bool> IsPrefixAsync(DumpInput input, ImportState state, CancellationToken cancellationToken)
    {
        // What events add up to is not known in their midst.
        var before = state.Run.Progress;
        return (state.IsComplete || before.Format != OpenLineageReader.Name)
            && await input.SkipToAsync(before.Bytes, cancellationToken)
            && input.Digest == before.Digest
            && (!state.IsComplete || await IsAtEndAsync(input, cancellationToken));
    }

    private static async ValueTask<bool> IsAtEndAsync(DumpInput input, CancellationToken cancellationToken) => input.Waiting.IsEmpty && !await input.ReadAsync(cancellationToken);

    private async Task<ImportedGraph> ImportAsync(DumpInput input, DumpShape shape, ImportRun run, long? resumedAt, ImportDisplay? display, CancellationToken cancellationToken)
    {
        var batches = Channel.CreateBounded<(ReadOnlyMemory<byte> Body, ImportProgress After)>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = new GraphReading(target, settings, path, faults, notes);
        var producing = Task.Run(
            async () =>
            {
                try
                {
                    await reading.RunAsync(input, shape, run, batches.Writer, stop.Token);
                    batches.Writer.Complete();
                }
                catch (Exception e)
                {
                    batches.Writer.Complete(e);
                }
            },
            CancellationToken.None);
        var done = run.Progress;
        try
        {
            await foreach (var (body, after) in batches.Reader.ReadAllAsync(cancellationToken))
            {
                await target.SendAsync(body, cancellationToken);
                done = after;
                display?.Report(after);
            }
        }
        catch (ChannelClosedException e) when (e.InnerException is FormatException inner)
        {
            return Ended(inner.Message);
        }
        catch (FormatException e)
        {
            return Ended(e.Message);
        }
        finally
        {
            await stop.CancelAsync();
            await producing;
        }

        return Ended(null);

        ImportedGraph Ended(string? error) => new(
            path, reading.Source, error is null ? reading.Progress : done, resumedAt, WasThere: false, faults.First, [.. notes], error);
    }
}

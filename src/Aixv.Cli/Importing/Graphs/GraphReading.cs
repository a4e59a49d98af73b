using System.Globalization;
using System.Threading.Channels;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>The reading half of an import: elements become nodes, nodes batches.</summary>
internal sealed class GraphReading(ImportTarget target, ImportSettings settings, string path, GraphFaults faults, List<string> notes)
{
    private const int MaximumNotes = 20;

    /// <summary>How many elements may be of no known format before one is.</summary>
    private const int MaximumUnknown = 100;

    private GraphReader? reader;
    private int unknown;

    /// <summary>Whose graph; null before anything was read.</summary>
    public string? Source { get; private set; }

    public ImportProgress Progress { get; private set; } = new();

    /// <exception cref="FormatException">The input cannot be read, or, where the caller is strict, a part of it.</exception>
    public async Task RunAsync(DumpInput input, DumpShape shape, ImportRun run, ChannelWriter<(ReadOnlyMemory<byte>, ImportProgress)> batches, CancellationToken cancellationToken)
    {
        Progress = run.Progress;
        if (settings.Format is not null || Progress.Format.Length > 0)
        {
            reader = GraphFormats.Create(settings.Format ?? Progress.Format, settings.Hub, isForced: settings.Format is not null);
        }

        var elements = DumpElements.Of(input, shape, Progress.Lines);
        var (batch, number, safe) = (new GraphBatch(), run.Number, Progress);
        try
        {
            while (await elements.NextAsync(cancellationToken) is { } element)
            {
                foreach (var node in await ReadAsync(element, cancellationToken))
                {
                    if (batch.IsFull)
                    {
                        // In the midst of an element: who goes on after this batch begins where it is known that nothing is missing.
                        await SendAsync(safe, isLast: false);
                    }

                    batch.Add(node);
                    Progress = Progress with { Nodes = Progress.Nodes + 1, Links = Progress.Links + node.Links.Count };
                }

                if (batch.IsFull)
                {
                    await SendAsync(safe = At(), isLast: false);
                }
            }

            if (reader is null)
            {
                throw new FormatException(faults.First is [var first, ..] ? first : "it is empty");
            }

            Progress = At();
            await SendAsync(Progress, isLast: true);
        }
        finally
        {
            batch.Dispose();
        }

        ImportProgress At() => Progress with { Format = reader?.Format ?? "", Bytes = input.Position, Digest = input.Digest, Lines = elements.Lines };

        async ValueTask SendAsync(ImportProgress progress, bool isLast)
        {
            var at = run with { Source = Source ??= settings.Source ?? reader!.Source, Number = number++, Progress = progress };
            var body = batch.ToBody(at, isLast);
            batch.Dispose();
            batch = new GraphBatch();
            await batches.WriteAsync((body, Progress), cancellationToken);
        }
    }

    /// <summary>The nodes of one element; none where it cannot be read, or has become an attestation.</summary>
    private async ValueTask<IEnumerable<GraphNode>> ReadAsync(DumpElement element, CancellationToken cancellationToken)
    {
        try
        {
            if (element.Fault is { } fault)
            {
                throw new FormatException(fault);
            }

            var current = reader ??= Find(element);
            return current is EvidenceGraphReader && await TryAttestAsync(element.Bytes, cancellationToken)
                ? []
                : [.. current.Read(element.Bytes).Where(node => GraphNode.IsId(node.Id))];
        }
        catch (FormatException e)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"{path}:{element.Line}: {e.Message}");
            Progress = Progress with { Bad = Progress.Bad + 1 };
            faults.Add(message);
            return !settings.IsStrict && (reader is not null || ++unknown < MaximumUnknown) ? [] : throw new FormatException(message, e);
        }
    }

    private GraphReader Find(DumpElement element) => GraphFormats.Find(element.Bytes, Path.GetFileName(path)) is { } format
        ? GraphFormats.Create(format, settings.Hub, isForced: false)
        : throw new FormatException($"it is in none of the formats {string.Join(", ", GraphFormats.Names)}; --format names one");

    /// <summary>A signed bundle becomes an attestation where the registry can verify it; else what it says is described.</summary>
    private async ValueTask<bool> TryAttestAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var bundle in EvidenceGraphReader.BundlesOf(bytes))
        {
            if (await target.AttestAsync(bundle, cancellationToken) is not { } reason)
            {
                Progress = Progress with { Attested = Progress.Attested + 1 };
                return true;
            }

            if (notes.Count < MaximumNotes)
            {
                notes.Add($"{path}: the signature does not count here, so what it says is described: {reason}");
            }
        }

        return false;
    }
}

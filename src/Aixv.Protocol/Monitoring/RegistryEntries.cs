using Aixv.Protocol.Receipts;

namespace Aixv.Protocol.Monitoring;

/// <summary>Entries of a registry's log: docs/receipts.md.</summary>
internal static class RegistryEntries
{
    internal static MonitoredEntry Read(ReadOnlySpan<byte> entry)
    {
        var leaf = EntryLeaf.Parse(entry);
        return leaf.IsSalted
            ? new MonitoredEntry("private", [], [])
            : new MonitoredEntry(
                leaf.Kind ?? "public", [leaf.Hash.ToString(), .. leaf.Artifacts.Select(a => a.ToString())], [.. leaf.Signers.Select(s => new MonitoredSigner(s))]);
    }
}

using System.Collections.Immutable;

namespace Aixv.Protocol.Monitoring;

/// <summary>What a monitor reads out of a log entry.</summary>
/// <param name="Kind">As <c>hashedrekord</c>, <c>model.attested</c>, or <c>private</c> for an entry that says nothing.</param>
/// <param name="Digests">What it is about, each as <c>algorithm:hex</c>.</param>
/// <param name="Signers">Who signed that.</param>
public sealed record MonitoredEntry(string Kind, ImmutableArray<string> Digests, ImmutableArray<MonitoredSigner> Signers)
{
    /// <summary>Reads an entry of a registry or of a Rekor log.</summary>
    /// <exception cref="FormatException">Neither.</exception>
    public static MonitoredEntry Parse(ReadOnlyMemory<byte> entry) =>
        entry.Span.StartsWith("aixv-entry/"u8) ? RegistryEntries.Read(entry.Span)
        : entry.Span.StartsWith("{"u8) ? RekorEntries.Read(entry)
        : throw new FormatException("neither an entry of a registry nor of Rekor");
}

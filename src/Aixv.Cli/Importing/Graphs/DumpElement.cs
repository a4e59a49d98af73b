namespace Aixv.Cli.Importing.Graphs;

/// <summary>One element of a dump, or a piece that is none.</summary>
/// <param name="Bytes">The element; valid until the next one is asked for.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Fault">Why it is none; null for an element.</param>
internal readonly record struct DumpElement(ReadOnlyMemory<byte> Bytes, long Line, string? Fault);

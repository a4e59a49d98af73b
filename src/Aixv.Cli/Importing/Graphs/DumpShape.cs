namespace Aixv.Cli.Importing.Graphs;

/// <summary>How a dump is laid out.</summary>
internal enum DumpShape
{
    Lines,
    Array,
    Document,
}

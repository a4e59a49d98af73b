namespace Aixv.Export.Formats;

/// <summary>A format needs what is not known, and nothing is invented.</summary>
public sealed class ExportRefusedException(ExportFormat format, IReadOnlyList<string> missing)
    : FormatException($"{format.Id} needs {string.Join("; and ", missing)}")
{
    public ExportFormat Format { get; } = format;

    public IReadOnlyList<string> Missing { get; } = missing;
}

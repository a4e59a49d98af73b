using Aixv.Export.Formats;

namespace Aixv.Export.Tests;

/// <summary>Exports samples.</summary>
internal static class ExportedBytes
{
    /// <summary>The document; null where the format refuses the sample.</summary>
    public static byte[]? TryOf(Exporter exporter, string sample)
    {
        var dossier = Samples.Dossier(sample);
        if (exporter.Missing(dossier).Count > 0)
        {
            return null;
        }

        using var output = new MemoryStream();
        exporter.Write(dossier, output);
        return output.ToArray();
    }

    /// <summary>The document of a format that must not refuse.</summary>
    public static byte[] Of(string format, string sample)
    {
        using var output = new MemoryStream();
        Exporters.Find(format)!.Write(Samples.Dossier(sample), output);
        return output.ToArray();
    }
}

using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>Untrusted text that a bill may point to.</summary>
internal static class BomUris
{
    private static readonly string[] Active = ["javascript:", "vbscript:", "data:"];

    /// <summary>The text where it is an absolute URI that nothing runs; else null.</summary>
    public static string? OrNull(string? text) =>
        Uris.AbsoluteOrNull(text) is { } uri && !Active.Any(scheme => uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) ? uri : null;
}

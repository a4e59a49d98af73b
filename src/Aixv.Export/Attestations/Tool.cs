using Aixv.Export.Dossiers;

namespace Aixv.Export.Attestations;

/// <summary>This program, where a standard asks for a URI of who checked or wrote.</summary>
internal static class Tool
{
    /// <summary><c>https://aixv.org/tools/aixv/VERSION</c>: it changes with what is checked.</summary>
    public static string Uri(Dossier dossier) => $"https://aixv.org/tools/aixv/{System.Uri.EscapeDataString(dossier.ToolVersion)}";
}

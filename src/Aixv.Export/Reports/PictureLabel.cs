using Aixv.Export.Dossiers;

namespace Aixv.Export.Reports;

/// <summary>What stands in a box: the name, the tail of an address, or the head of a digest.</summary>
internal static class PictureLabel
{
    public static string Of(LineageNodeFacts node, int length)
    {
        if (node is { Name: null, Uri: null })
        {
            return $"{node.Digest!.Hex[..12]}…";
        }

        var label = node.Label;
        if (node.Name is null && label.Length > length && label.TrimEnd('/').LastIndexOf('/') is > 0 and var slash)
        {
            var before = label.LastIndexOf('/', slash - 1);
            label = before > 0 && label.Length - before <= length + 1 ? $"…{label[(before + 1)..]}" : $"…{label[(slash + 1)..]}";
        }

        return ShownText.Short(label, length);
    }
}

using System.Collections.Frozen;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Catalogs;

/// <summary>Names that the Hugging Face hub takes.</summary>
internal static class HubNames
{
    private const string Tags =
        """
        any-to-any audio-classification audio-text-to-text audio-to-audio automatic-speech-recognition
        depth-estimation document-question-answering feature-extraction fill-mask graph-ml image-classification
        image-feature-extraction image-segmentation image-text-to-image image-text-to-text image-text-to-video
        image-to-3d image-to-image image-to-text image-to-video keypoint-detection mask-generation multiple-choice
        object-detection other question-answering reinforcement-learning robotics sentence-similarity summarization
        table-question-answering table-to-text tabular-classification tabular-regression tabular-to-text
        text-classification text-generation text-ranking text-retrieval text-to-3d text-to-audio text-to-image
        text-to-speech text-to-video time-series-forecasting token-classification translation
        unconditional-image-generation video-classification video-text-to-text video-to-video
        visual-document-retrieval visual-question-answering voice-activity-detection zero-shot-classification
        zero-shot-image-classification zero-shot-object-detection
        """;

    private static readonly FrozenSet<string> PipelineTags = Tags.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Licences whose name on the hub is that of the SPDX list in lower case.</summary>
    private static readonly FrozenSet<string> Licences = FrozenSet.ToFrozenSet(
    [
        "apache-2.0", "mit", "bsd-2-clause", "bsd-3-clause", "bsd-3-clause-clear", "cc0-1.0", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0",
        "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0",
        "gpl-2.0", "gpl-3.0", "lgpl-2.1", "lgpl-3.0", "agpl-3.0", "mpl-2.0", "artistic-2.0", "bsl-1.0", "ecl-2.0", "epl-1.0", "epl-2.0", "eupl-1.1", "eupl-1.2", "isc", "ms-pl", "ncsa",
        "odbl", "ofl-1.1", "osl-3.0", "pddl", "postgresql", "unlicense", "wtfpl", "zlib", "afl-3.0",
    ], StringComparer.Ordinal);

    /// <summary>The tag, or null where the hub has none of this name.</summary>
    public static string? PipelineTag(string? task) => task is not null && PipelineTags.Contains(task) ? task : null;

    /// <summary>The hub's name for a licence; <c>other</c> for one that it has no name for, null for none.</summary>
    public static string? Licence(string? licence) => licence is null ? null : LicenceExpression.IdOrNull(licence)?.ToLowerInvariant() is { } id && Licences.Contains(id) ? id : "other";

    /// <summary><c>org/name</c> of an address on the hub; null for another.</summary>
    public static string? Repository(string? uri, bool isDataset)
    {
        var path = uri switch
        {
            null => null,
            _ when uri.StartsWith("hf://", StringComparison.Ordinal) => uri["hf://".Length..],
            _ when uri.StartsWith("https://huggingface.co/", StringComparison.OrdinalIgnoreCase) => uri["https://huggingface.co/".Length..],
            _ => null,
        };
        if (path is null || path.StartsWith("datasets/", StringComparison.Ordinal) != isDataset || !Uris.IsAbsolute(uri))
        {
            return null;
        }

        var parts = (isDataset ? path["datasets/".Length..] : path).Split('@')[0].Split('/');
        return parts.Length >= 2 && IsWord(parts[0]) && IsWord(parts[1]) ? $"{parts[0]}/{parts[1]}" : null;
    }

    /// <summary>Whether the text is a name as the hub has them.</summary>
    public static bool IsWord(string? text) => text is { Length: > 0 and <= 96 } && char.IsAsciiLetterOrDigit(text[0]) && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_' or '.');
}

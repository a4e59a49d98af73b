using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Aixv.Track.Hosting;

namespace Aixv.Track.Importing;

/// <summary>A batch of an import: which run it is of, and how far that has come with it.</summary>
/// <param name="Source">Whose graph: a newer description of the same source takes the place of an older one.</param>
/// <param name="Input">What is read, as the importer knows it again: a digest of its beginning and of how it is read.</param>
/// <param name="Run">The run of the importer: batches of one run are numbered, and each is taken once.</param>
/// <param name="Number">From 0.</param>
/// <param name="Progress">What the importer needs to go on after this batch; kept as it is.</param>
/// <param name="IsLast">Whether the run is complete with it.</param>
/// <param name="Fingerprint">Of the batch's bytes.</param>
internal sealed record ImportBatch(string Source, string Input, string Run, long Number, string Progress, bool IsLast, byte[] Fingerprint)
{
    private const int MaximumSource = 64;
    private const int MaximumInput = 128;
    private const int MaximumProgress = 4096;

    public string UniqueKey => string.Create(CultureInfo.InvariantCulture, $"import/{Run}/{Number}");

    /// <exception cref="ApiError">A member is missing or not as expected.</exception>
    public static ImportBatch Read(JsonElement json, ReadOnlySpan<byte> content)
    {
        var progress = JsonInput.Find(json, "progress") is { ValueKind: JsonValueKind.Object } given ? given.GetRawText() : "{}";
        return new ImportBatch(
            Word(json, "source", MaximumSource),
            Word(json, "input", MaximumInput),
            Word(json, "run", MaximumSource),
            JsonInput.Number(json, "number", 0, long.MaxValue) ?? throw ApiError.InvalidInput("number", "is missing"),
            progress.Length <= MaximumProgress ? progress : throw ApiError.InvalidInput("progress", $"is longer than {MaximumProgress} characters"),
            JsonInput.Find(json, "last") is { ValueKind: JsonValueKind.True },
            SHA256.HashData(content));
    }

    private static string Word(JsonElement json, string name, int maximum)
    {
        var word = JsonInput.Text(json, name) ?? throw ApiError.InvalidInput(name, "is missing");
        return word.Length > 0 && word.Length <= maximum && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? word
            : throw ApiError.InvalidInput(name, $"expected 1 to {maximum} letters, digits, points, hyphens and underscores");
    }
}

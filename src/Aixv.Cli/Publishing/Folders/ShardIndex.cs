using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Publishing.Folders;

/// <summary><c>model.safetensors.index.json</c>: which files a model that is split consists of.</summary>
internal static class ShardIndex
{
    private const int MaximumBytes = 64 * 1024 * 1024;
    private const string Ending = ".index.json";

    /// <exception cref="CommandFailure">A part is missing.</exception>
    public static void RequireWhole(string shown, string folder)
    {
        foreach (var index in System.IO.Directory.EnumerateFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal))
        {
            if (!ModelWeights.IsThere(index) || new FileInfo(index).Length > MaximumBytes)
            {
                continue;
            }

            var missing = Parts(index).FirstOrDefault(part => !ModelWeights.IsThere(Path.Combine(folder, part)));
            if (missing is not null)
            {
                throw new CommandFailure($"{Path.Combine(shown, missing)} is missing, and {Path.GetFileName(index)} says that it is part of the model: the download did not end; fetch it again");
            }
        }
    }

    private static IEnumerable<string> Parts(string index)
    {
        try
        {
            var map = SortedJson.ParseObject(File.ReadAllBytes(index), index, MaximumBytes)["weight_map"] as JsonObject ?? [];
            return [.. map.Select(m => m.Value is JsonValue value && value.TryGetValue<string>(out var part) && SafePath.IsRelative(part) ? part : null).OfType<string>().Distinct(StringComparer.Ordinal)];
        }
        catch (FormatException)
        {
            return [];
        }
    }
}

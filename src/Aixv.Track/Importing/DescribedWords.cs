using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Aixv.Track.Importing;

/// <summary>The words of described nodes: what kinds and relations there are, and by what a node is found.</summary>
internal static class DescribedWords
{
    /// <summary>The rank of what nobody is known to use.</summary>
    public const int LastRank = 255;

    private const int MaximumWords = 16;
    private const int MaximumWord = 48;
    private const int RanksPerDoubling = 8;

    [ThreadStatic]
    private static IncrementalHash? hasher;

    public static IReadOnlyList<string> Kinds { get; } = ["model", "dataset", "adapter", "tokenizer", "training", "evaluation", "packaging", "deployment", "artifact"];

    public static IReadOnlyList<string> Relations { get; } =
    [
        "derived_from", "fine_tuned_from", "distilled_from", "quantized_from", "merged_from", "adapted_from", "trained_on", "preprocessed_from",
        "produced_by", "evaluated_with", "packaged_from", "deployed_as",
    ];

    /// <summary>0 for the most downloads.</summary>
    public static int RankOf(string? downloads) => long.TryParse(downloads, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? Math.Max(0, LastRank - (RanksPerDoubling * BitOperations.Log2((ulong)number)) - 1)
        : LastRank;

    /// <summary>The name as a page's address has it: lower-cased, every run of other characters than <c>[a-z0-9._]</c> turned into a hyphen.</summary>
    public static string SlugOf(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_')
            {
                slug.Append(c);
            }
            else if (slug.Length == 0 || slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString();
    }

    /// <summary>The words of a name, each once, lower-cased: letters and digits, and points between digits.</summary>
    public static List<string> Of(string name)
    {
        var text = name.ToLowerInvariant();
        var words = new List<string>();
        for (var i = 0; i < text.Length && words.Count < MaximumWords;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || IsPoint(text, i)))
            {
                i++;
            }

            var word = text[start..Math.Min(i, start + MaximumWord)];
            if (!words.Contains(word))
            {
                words.Add(word);
            }
        }

        return words;
    }

    private static bool IsPoint(string text, int i) => text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);

    /// <summary>A key of the index: what is found by it is compared in full.</summary>
    public static long HashOf(char kind, ReadOnlySpan<byte> key)
    {
        // Kept for each thread: to make a hash anew costs more than to hash so little.
        var sha256 = hasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> text = key.Length < 512 ? stackalloc byte[key.Length + 1] : new byte[key.Length + 1];
        text[0] = (byte)kind;
        key.CopyTo(text[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha256.AppendData(text);
        sha256.GetHashAndReset(hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    public static long HashOfSlug(string slug) => HashOf('s', Encoding.UTF8.GetBytes(slug));
}

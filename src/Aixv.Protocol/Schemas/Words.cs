using System.Text.RegularExpressions;

namespace Aixv.Protocol.Schemas;

/// <summary>Enums as documents write them: <c>AllowWithWaiver</c> is <c>allow-with-waiver</c>.</summary>
internal static partial class Words
{
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary { get; }

    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.ToWord[value];

    /// <summary>A word that a <see cref="Shape"/> has read.</summary>
    /// <exception cref="FormatException">No such word.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum => Table<T>.FromWord.TryGetValue(word, out var value)
        ? value
        : throw new FormatException($"found '{Shape.Shorten(word)}', allowed: {string.Join(", ", Table<T>.ToWord.Values)}");

    /// <summary>A text of one of the words.</summary>
    public static TextShape ShapeOf<T>()
        where T : struct, Enum => TextShape.OneOf([.. All<T>()]);

    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => Of(v))];

    private static string Kebab(string name) => Boundary.Replace(name, "-").ToLowerInvariant();

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ToWord = Enum.GetValues<T>().ToDictionary(v => v, v => Kebab(v.ToString()));
        public static readonly Dictionary<string, T> FromWord = ToWord.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}

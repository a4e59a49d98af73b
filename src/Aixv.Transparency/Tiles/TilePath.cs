using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Aixv.Transparency.Tiles;

/// <summary>The name of one tile or entry bundle: <c>tile/1/x001/234.p/7</c>, <c>tile/entries/000</c> (C2SP tlog-tiles).</summary>
public sealed record TilePath
{
    /// <summary>The number of hashes or entries of a full tile.</summary>
    public const int FullWidth = 256;

    private const int MaximumLevel = 63;
    private const string Root = "tile/";
    private const string EntriesName = "entries";

    private TilePath(int? level, ulong index, int width)
    {
        Level = level;
        Index = index;
        Width = width;
    }

    /// <summary>The tile's level, 0 for leaf hashes, or null for an entry bundle.</summary>
    public int? Level { get; }

    public ulong Index { get; }

    /// <summary>1 to 256; below 256 the tile is partial.</summary>
    public int Width { get; }

    public bool IsPartial => Width < FullWidth;

    /// <summary>A tile of hashes: nodes of tree level 8 × <paramref name="level"/>, from index 256 × <paramref name="index"/>.</summary>
    public static TilePath Hashes(int level, ulong index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaximumLevel);
        return new TilePath(level, index, CheckedWidth(width));
    }

    /// <summary>A bundle of entries, from index 256 × <paramref name="index"/>.</summary>
    public static TilePath Entries(ulong index, int width = FullWidth) => new(null, index, CheckedWidth(width));

    private static int CheckedWidth(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return width;
    }

    /// <exception cref="FormatException">Not a tile's name.</exception>
    public static TilePath Parse(string path) => TryParse(path, out var result)
        ? result
        : throw new FormatException($"tile path: '{path}' is not tile/<level or entries>/<index>[.p/<width>]");

    public static bool TryParse([NotNullWhen(true)] string? path, [NotNullWhen(true)] out TilePath? result)
    {
        result = null;
        if (path is null || !path.StartsWith(Root, StringComparison.Ordinal) || path.IndexOf('/', Root.Length) is not (> 0 and var slash))
        {
            return false;
        }

        int? level = null;
        var kind = path.AsSpan(Root.Length, slash - Root.Length);
        if (!kind.SequenceEqual(EntriesName))
        {
            if (ReadNumber(kind, MaximumLevel) is not { } number)
            {
                return false;
            }

            level = number;
        }

        var rest = path.AsSpan(slash + 1);
        int? width = FullWidth;
        if (rest.IndexOf(".p/") is >= 0 and var partial)
        {
            width = ReadNumber(rest[(partial + 3)..], FullWidth - 1);
            rest = rest[..partial];
        }

        if (width is not >= 1 || ReadIndex(rest) is not { } index)
        {
            return false;
        }

        result = new TilePath(level, index, width.Value);
        return true;
    }

    /// <summary>A decimal number without sign or leading zeros.</summary>
    private static int? ReadNumber(ReadOnlySpan<char> digits, int maximum) =>
        digits.Length is > 0 and <= 3 && !digits.ContainsAnyExceptInRange('0', '9') && digits is not ['0', _, ..]
        && int.Parse(digits, CultureInfo.InvariantCulture) is var number && number <= maximum ? number : null;

    /// <summary>Groups of three digits, all but the last after an x; none but a sole group is 000 at the front.</summary>
    private static ulong? ReadIndex(ReadOnlySpan<char> groups)
    {
        UInt128 index = 0;
        for (var first = true; ; first = false)
        {
            var more = groups is ['x', ..];
            if (more)
            {
                groups = groups[1..];
            }

            if (groups.Length < 3 || groups[..3].ContainsAnyExceptInRange('0', '9') || (first && more && groups.StartsWith("000")))
            {
                return null;
            }

            index = index * 1000 + uint.Parse(groups[..3], CultureInfo.InvariantCulture);
            groups = groups[3..];
            if (index > ulong.MaxValue)
            {
                return null;
            }

            if (!more)
            {
                return groups.IsEmpty ? (ulong)index : null;
            }

            if (groups is not ['/', ..])
            {
                return null;
            }

            groups = groups[1..];
        }
    }

    public override string ToString()
    {
        var path = new StringBuilder(Root)
            .Append(CultureInfo.InvariantCulture, $"{Level?.ToString(CultureInfo.InvariantCulture) ?? EntriesName}/");
        var groups = new Stack<ulong>();
        var rest = Index;
        do
        {
            groups.Push(rest % 1000);
            rest /= 1000;
        }
        while (rest > 0);

        while (groups.TryPop(out var group))
        {
            path.Append(CultureInfo.InvariantCulture, $"{(groups.Count > 0 ? "x" : "")}{group:D3}{(groups.Count > 0 ? "/" : "")}");
        }

        return IsPartial ? path.Append(CultureInfo.InvariantCulture, $".p/{Width}").ToString() : path.ToString();
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace Aixv.Export.Operations;

/// <summary>Names and patterns of Kubernetes objects.</summary>
internal static partial class PolicyNames
{
    /// <summary>A DNS-1123 subdomain: <c>aixv-</c>, as much of the name as can stand there, and the head of a digest.</summary>
    public static string Of(string? name, string hex)
    {
        var plain = NotAllowed.Replace((name ?? "").ToLowerInvariant(), "-").Trim('-');
        return plain.Length == 0 ? $"aixv-{hex[..12]}" : $"aixv-{plain[..Math.Min(plain.Length, 40)].Trim('-')}-{hex[..12]}";
    }

    /// <summary>The regular expression (RE2) of a policy's glob: <c>**</c> is any run of characters, <c>*</c> one without a slash, <c>?</c> one character but a slash.</summary>
    public static string Expression(string glob)
    {
        var result = new StringBuilder("^");
        foreach (var unit in glob.Replace("**", "\u0001", StringComparison.Ordinal))
        {
            _ = unit switch
            {
                '\u0001' => result.Append(".*"),
                '*' => result.Append("[^/]*"),
                '?' => result.Append("[^/]"),
                _ when char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-' or '/' or ':' or '@' => result.Append(unit),
                _ when char.IsAscii(unit) && !char.IsControl(unit) => result.Append('\\').Append(unit),
                _ => result.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{{{(int)unit:X}}}"),
            };
        }

        return result.Append('$').ToString();
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotAllowed { get; }
}

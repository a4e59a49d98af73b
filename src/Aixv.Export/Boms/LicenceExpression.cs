using System.Buffers;

namespace Aixv.Export.Boms;

/// <summary>SPDX licence expressions (SPDX 2.3 annex D) in untrusted text.</summary>
public static class LicenceExpression
{
    private const int MaximumLength = 2048;
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>The identifier of the SPDX licence list that the text is, spelled as there; null for anything else.</summary>
    public static string? IdOrNull(string? text) => text is { Length: > 0 and < 100 } ? SpdxLicenceIds.Find(text) : null;

    /// <summary>
    /// The expression with its identifiers spelled as the licence list spells them; null where the text is no expression over the list,
    /// <c>LicenseRef-</c> and <c>DocumentRef-</c> included only where <paramref name="mayRefer"/>.
    /// </summary>
    public static string? OrNull(string? text, bool mayRefer = false)
    {
        if (text is not { Length: > 0 and <= MaximumLength })
        {
            return null;
        }

        var reader = new Reader(Tokens(text), mayRefer);
        return reader.ReadWhole() ? string.Join(' ', reader.Canonical).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal) : null;
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        foreach (var word in text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal).Split([' ', '\t', '\n', '\r']))
        {
            if (word.Length > 0)
            {
                tokens.Add(word);
            }
        }

        return tokens;
    }

    /// <summary>Recursive descent; the length of the text bounds the depth.</summary>
    private sealed class Reader(List<string> tokens, bool mayRefer)
    {
        private const int MaximumDepth = 64;
        private int at;

        public List<string> Canonical { get; } = [];

        public bool ReadWhole() => ReadOr(0) && at == tokens.Count;

        private bool ReadOr(int depth)
        {
            if (depth > MaximumDepth || !ReadSimple(depth))
            {
                return false;
            }

            while (at < tokens.Count && tokens[at].ToUpperInvariant() is "AND" or "OR")
            {
                Canonical.Add(tokens[at++].ToUpperInvariant());
                if (!ReadSimple(depth))
                {
                    return false;
                }
            }

            return true;
        }

        private bool ReadSimple(int depth)
        {
            if (at == tokens.Count)
            {
                return false;
            }

            if (tokens[at] == "(")
            {
                Canonical.Add(tokens[at++]);
                return ReadOr(depth + 1) && Take(")");
            }

            if (LicenceOf(tokens[at]) is not { } licence)
            {
                return false;
            }

            Canonical.Add(licence);
            at++;
            return at == tokens.Count || !tokens[at].Equals("WITH", StringComparison.OrdinalIgnoreCase) || ReadException();
        }

        private bool ReadException()
        {
            Canonical.Add("WITH");
            at++;
            if (at == tokens.Count || SpdxLicenceIds.Find(tokens[at]) is not { } exception)
            {
                return false;
            }

            Canonical.Add(exception);
            at++;
            return true;
        }

        private bool Take(string token)
        {
            if (at == tokens.Count || tokens[at] != token)
            {
                return false;
            }

            Canonical.Add(tokens[at++]);
            return true;
        }

        private string? LicenceOf(string token)
        {
            if (token is [.. var name, '+'] && SpdxLicenceIds.Find(name) is { } older)
            {
                return $"{older}+";
            }

            return SpdxLicenceIds.Find(token) ?? (mayRefer && IsReference(token) ? token : null);
        }

        private static bool IsReference(string token)
        {
            var rest = token.AsSpan();
            if (rest.StartsWith("DocumentRef-", StringComparison.Ordinal))
            {
                var colon = rest.IndexOf(':');
                if (colon <= "DocumentRef-".Length || rest["DocumentRef-".Length..colon].ContainsAnyExcept(IdCharacters))
                {
                    return false;
                }

                rest = rest[(colon + 1)..];
            }

            return rest.StartsWith("LicenseRef-", StringComparison.Ordinal)
                && rest.Length > "LicenseRef-".Length
                && !rest["LicenseRef-".Length..].ContainsAnyExcept(IdCharacters);
        }
    }
}

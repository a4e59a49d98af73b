namespace Aixv.Sigstore.Tuf;

/// <summary>PATHPATTERN of TUF §4.5: <c>*</c> and <c>?</c> stand for characters other than <c>/</c>.</summary>
internal static class PathPattern
{
    /// <remarks>One place to go back to is enough, so the work is at most the product of the two lengths.</remarks>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < path.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == path[t] || (pattern[p] == '?' && path[t] != '/')))
            {
                p++;
                t++;
            }
            else if (star >= 0 && path[resume] != '/')
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}

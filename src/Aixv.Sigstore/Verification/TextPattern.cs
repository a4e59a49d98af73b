using System.Text;
using System.Text.RegularExpressions;

namespace Aixv.Sigstore.Verification;

/// <summary>What an identity or issuer must be: exact text, a glob or a regular expression. Patterns cover the whole text, never a part.</summary>
public sealed class TextPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);
    // Not a Regex: exact patterns must not load the engine.
    private readonly Func<string, bool>? isMatch;
    private readonly string source;

    private TextPattern(string source, Func<string, bool>? isMatch)
    {
        this.source = source;
        this.isMatch = isMatch;
    }

    public static TextPattern Exact(string text) => new(text, null);

    /// <summary><c>*</c> is any run of characters but <c>/</c>, <c>**</c> any run at all, <c>?</c> one character but <c>/</c>.</summary>
    public static TextPattern Glob(string glob)
    {
        ArgumentException.ThrowIfNullOrEmpty(glob);
        var pattern = new StringBuilder();
        for (var i = 0; i < glob.Length; i++)
        {
            var isDouble = glob[i] == '*' && i + 1 < glob.Length && glob[i + 1] == '*';
            pattern.Append(glob[i] switch
            {
                '*' when isDouble => ".*",
                '*' => "[^/]*",
                '?' => "[^/]",
                var other => System.Text.RegularExpressions.Regex.Escape(other.ToString()),
            });
            i += isDouble ? 1 : 0;
        }

        return new TextPattern(glob, Compile(pattern.ToString()));
    }

    /// <summary>A .NET regular expression, anchored at both ends whatever it says.</summary>
    /// <exception cref="FormatException">Not a valid expression.</exception>
    public static TextPattern Regex(string expression)
    {
        ArgumentException.ThrowIfNullOrEmpty(expression);
        try
        {
            return new TextPattern(expression, Compile(expression));
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'{expression}' is not a valid regular expression: {e.Message}", e);
        }
    }

    private static Func<string, bool> Compile(string expression)
    {
        // Most patterns run in linear time; the few with look-arounds or back-references get a time limit.
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        var anchored = $@"\A(?:{expression})\z";
        try
        {
            return Matching(new Regex(anchored, Options | RegexOptions.NonBacktracking, Limit));
        }
        catch (NotSupportedException)
        {
            return Matching(new Regex(anchored, Options, Limit));
        }
    }

    /// <summary>An expression that runs too long means nothing.</summary>
    private static Func<string, bool> Matching(Regex regex) => text =>
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    };

    /// <summary>Whether the whole of <paramref name="text"/> is meant.</summary>
    public bool IsMatch(string text) => isMatch?.Invoke(text) ?? string.Equals(source, text, StringComparison.Ordinal);

    public override string ToString() => source;
}

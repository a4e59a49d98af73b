using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Tests.Verification;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData("https://github.com/org/*/.github/workflows/release.yml@refs/tags/*", "https://github.com/org/repo/.github/workflows/release.yml@refs/tags/v1", true)]
    [InlineData("https://github.com/org/*", "https://github.com/org/repo/evil", false)]
    [InlineData("https://github.com/org/**", "https://github.com/org/repo/evil", true)]
    [InlineData("*@example.com", "alice@example.com", true)]
    [InlineData("*@example.com", "alice@example.com.evil.org", false)]
    [InlineData("*@example.com", "alice@exampleXcom", false)]
    [InlineData("ci-?@x", "ci-1@x", true)]
    [InlineData("ci-?@x", "ci-/@x", false)]
    [InlineData("a", "a\n", false)]
    public void A_glob_covers_the_whole_text(string glob, string text, bool matches) => Assert.Equal(matches, TextPattern.Glob(glob).IsMatch(text));

    [Theory]
    [InlineData("https://github.com/org/.*", "https://github.com/org/x", true)]
    [InlineData("https://github.com/org", "https://github.com/org/x", false)]
    [InlineData("good|bad", "badly", false)]
    [InlineData("a|b", "b", true)]
    [InlineData("^a$", "a", true)]
    [InlineData("a", "a\n", false)]
    [InlineData(@"(a)\1", "aa", true)]
    public void A_regular_expression_covers_the_whole_text(string expression, string text, bool matches) =>
        Assert.Equal(matches, TextPattern.Regex(expression).IsMatch(text));

    [Fact]
    public void An_expression_that_runs_away_means_nothing() =>
        Assert.False(TextPattern.Regex(@"((a+)+)\1b").IsMatch(new string('a', 40)));

    [Fact]
    public void An_invalid_expression_is_named() => Assert.Contains("(", Assert.Throws<FormatException>(() => TextPattern.Regex("(")).Message, StringComparison.Ordinal);

    [Fact]
    public void No_identity_is_an_error_and_not_any_identity() => Assert.Throws<ArgumentException>(() => SignerPolicy.Certificate([], []));
}

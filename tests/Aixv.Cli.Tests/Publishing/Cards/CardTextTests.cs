using System.Text;
using Aixv.Cli.Publishing.Cards;

namespace Aixv.Cli.Tests.Publishing.Cards;

public sealed class CardTextTests
{
    private const string Content = "## Title\n\n- line\n";

    public static TheoryData<string> Cards => new()
    {
        "",
        "# Card",
        "# Card\n",
        "# Card\r\n\r\ntext\r\n",
        "# Card\r\ntext",
        "\uFEFF---\nlicense: mit\n---\n# Card\n\n\n",
        "---\nnote: |\n  <!-- aixv:begin -->\n---\ntext",
        "```md\n<!-- aixv:begin -->\n```\n",
        "~~~~\n<!-- aixv:begin -->\n~~~\n<!-- aixv:end -->\n~~~~\nrest\n",
        "mixed\r\nlines\nand\rmore",
        "   trailing   \t \n\n\n",
        "a <!-- aixv:begin --> inside of a line\n",
    };

    [Theory, MemberData(nameof(Cards))]
    public void The_rest_of_the_card_is_kept_byte_for_byte_and_the_second_time_changes_nothing(string text)
    {
        var card = Encoding.UTF8.GetBytes(text);
        var first = CardText.Parse(card, "card").With(Content);
        Assert.Equal(card, first[..card.Length]);
        var again = CardText.Parse(first, "card");
        Assert.Equal(Content.TrimEnd(), again.Section!.Trim('\n'));
        Assert.Equal(first, again.With(Content));
        var other = again.With("## Other\n");
        Assert.Equal(card, other[..card.Length]);
        Assert.Equal(first, CardText.Parse(other, "card").With(Content));
        Assert.Equal(card.Length == 0 || card[^1] == '\n', first[^1] == '\n');
    }

    [Fact]
    public void What_stands_before_and_behind_the_section_is_kept_with_its_line_ends()
    {
        var before = "\uFEFF# Card\r\n\r\n"u8.ToArray();
        byte[] behind = [.. "\r\n\r\nmore \uFFFD\n"u8, 0xFF, 0xFE];
        byte[] card = [.. before, .. "<!-- aixv:begin -->\r\nold\r\n<!-- aixv:end -->"u8, .. behind];
        var written = CardText.Parse(card, "card").With(Content);
        Assert.Equal([.. before, .. "<!-- aixv:begin -->\r\n## Title\r\n\r\n- line\r\n<!-- aixv:end -->"u8, .. behind], written);
    }

    [Theory]
    [InlineData("<!-- aixv:begin -->\n")]
    [InlineData("<!-- aixv:end -->\n")]
    [InlineData("<!-- aixv:begin -->\n<!-- aixv:begin -->\n<!-- aixv:end -->\n")]
    [InlineData("<!-- aixv:begin -->\n<!-- aixv:end -->\n<!-- aixv:end -->\n")]
    [InlineData("<!-- aixv:begin -->\n<!-- aixv:end -->\n<!-- aixv:begin -->\n<!-- aixv:end -->\n")]
    [InlineData("<!-- aixv:end -->\n<!-- aixv:begin -->\n")]
    [InlineData("text\0")]
    public void Markers_that_make_no_section_are_refused(string text) =>
        Assert.StartsWith("card", Assert.Throws<CommandFailure>(() => CardText.Parse(Encoding.UTF8.GetBytes(text), "card")).Message);
}

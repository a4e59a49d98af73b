using Aixv.Cli.Output;

namespace Aixv.Cli.Tests.Output;

public sealed class ReportTests
{
    private static string Write(bool terminal, bool utf8, int width, string? noColor, Action<Report> write)
    {
        using var folder = new CliFolder { IsTerminal = terminal, Utf8 = utf8, Width = width };
        if (noColor is not null)
        {
            folder["NO_COLOR"] = noColor;
        }

        var output = new StringWriter();
        write(folder.CreateReport(output));
        return output.ToString().ReplaceLineEndings("\n");
    }

    [Fact]
    public void A_terminal_gets_colour() =>
        Assert.Equal("\e[32m✓\e[0m \e[1mdone\e[0m\n", Write(true, true, 80, null, r => r.Title(good: true, "done")));

    [Theory]
    [InlineData(true, "1")]
    [InlineData(false, null)]
    public void NO_COLOR_and_pipes_get_none(bool terminal, string? noColor) =>
        Assert.Equal("✗ refused\n", Write(terminal, true, 80, noColor, r => r.Title(good: false, "refused")));

    [Fact]
    public void Without_UTF8_symbols_are_ASCII() =>
        Assert.Equal("[no] a\\u{e9}\n", Write(false, false, 80, null, r => r.Title(good: false, "aé")));

    [Fact]
    public void Without_UTF8_an_ellipsis_is_three_dots() =>
        Assert.Equal("sha256:0123...\n", Write(false, false, 80, null, r => r.Line("sha256:0123…")));

    [Fact]
    public void A_narrow_terminal_wraps_values_under_themselves() => Assert.Equal(
        "  label      some words that\n             do not fit\n             abcdefghijklmnopq\n             rstuvwxyz\n",
        Write(true, true, 30, "1", r => r.Row("label", "some words that do not fit abcdefghijklmnopqrstuvwxyz")));

    [Fact]
    public void A_pipe_gets_one_line_for_each_value()
    {
        var value = new string('x', 500);
        Assert.Equal($"  label      {value}\n", Write(false, true, 30, null, r => r.Row("label", value)));
    }

    [Theory]
    [InlineData("\e[31mred", "\\u{1b}[31mred")]
    [InlineData("a\nb\r\tc", "a\\u{a}b\\u{d}\\u{9}c")]
    [InlineData("left\u202eright", "left\\u{202e}right")]
    [InlineData("Zoë 模型 😀", "Zoë 模型 😀")]
    public void Text_from_outside_cannot_steer_the_terminal(string text, string shown) =>
        Assert.Equal($"{shown}\n", Write(true, true, 80, "1", r => r.Line(text)));

    [Fact]
    public void Absent_values_have_no_row() => Assert.Equal("", Write(false, true, 80, null, r => r.Row("label", null)));
}

using System.Text.RegularExpressions;

namespace Aixv.Architecture.Tests.Files;

public sealed partial class SourceFileTests
{
    private const int LongestFile = 400;

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace { get; }

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK|NotImplementedException)\b")]
    private static partial Regex Unfinished { get; }

    private static string Expected(string path) => Path.GetDirectoryName(path)!.Replace('\\', '/').Split('/', 2)[1].Replace('/', '.');

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var files = Checkout.CodeFiles.ToList();
        Assert.InRange(files.Count, 100, 100_000);
        var wrong = from file in files
                    from found in Namespace.Matches(Checkout.Read(file))
                    where found.Groups[1].Value != Expected(file)
                    select $"{file}: {found.Groups[1].Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_programs_and_assembly_attributes_are_without_a_namespace()
    {
        var without = Checkout.CodeFiles.Where(f => !Namespace.IsMatch(Checkout.Read(f)));
        Assert.Equal([], without.Where(f => Path.GetFileName(f) != "Program.cs" && !Checkout.Read(f).Contains("\n[assembly: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_source_file_is_longer_than_a_reader_s_patience()
    {
        var files = Checkout.SourceFiles.ToList();
        Assert.InRange(files.Count, 100, 100_000);
        Assert.Equal([], files.Where(f => Checkout.Read(f).Count(c => c == '\n') > LongestFile));
    }

    [Fact]
    public void Nothing_in_the_sources_waits_to_be_written() =>
        Assert.Equal([], Checkout.SourceFiles.Where(f => Unfinished.IsMatch(Checkout.Read(f))));

    [Theory]
    [InlineData("// TODO: later", true)]
    [InlineData("throw new NotImplementedException();", true)]
    [InlineData("var hackney = todo;", false)]
    public void What_waits_to_be_written_is_recognised(string line, bool found) => Assert.Equal(found, Unfinished.IsMatch(line));
}

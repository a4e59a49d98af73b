namespace Aixv.Cli.Tests;

/// <summary>An answer in testdata/golden/answers, letter by letter as a script would read it.</summary>
internal static class GoldenAnswer
{
    public static string Read(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    public static string PathOf(string name) => Path.Combine(Vector.Repository(), "testdata", "golden", "answers", $"{name}.json");
}

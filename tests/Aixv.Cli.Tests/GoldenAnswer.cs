namespace Aixv.Cli.Tests;

/// <summary>An answer in testdata/golden/answers, letter by letter as a script would read it. <c>AIXV_WRITE_GOLDEN=1</c> rewrites it.</summary>
internal static class GoldenAnswer
{
    public static void Same(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable("AIXV_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(PathOf(name), actual);
        }

        Assert.Equal(File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n"), actual);
    }

    private static string PathOf(string name) => Path.Combine(Vector.Repository(), "testdata", "golden", "answers", $"{name}.json");
}

using System.Globalization;

namespace Aixv.Bench.Measuring;

/// <summary>What to measure, how often and with what; from the command line of <c>bench/run.sh</c>.</summary>
internal sealed record BenchOptions
{
    /// <summary>Names of rows; empty for all.</summary>
    internal IReadOnlyList<string> Rows { get; private init; } = [];

    /// <summary>Measurements of each side, after one that is thrown away.</summary>
    internal int Repeats { get; private init; } = 5;

    /// <summary>The size of the hashed file, in bytes.</summary>
    internal long FileBytes { get; private init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How many artifacts the registry of <c>lineage-server</c> has.</summary>
    internal int Artifacts { get; private init; } = 3_000_000;

    /// <summary>A folder on a disk, for the hashed file and the logs.</summary>
    internal string Scratch { get; private init; } = Path.GetTempPath();

    /// <summary>The published <c>aixv</c>.</summary>
    internal string Cli { get; private init; } = "";

    /// <summary>The empty program, published the same way.</summary>
    internal string Empty { get; private init; } = "";

    /// <summary>The folder of the npm peers, installed.</summary>
    internal string Peers { get; private init; } = "";

    /// <summary>An empty folder in <see cref="Scratch"/>: what an earlier run left there is deleted.</summary>
    internal string EmptyFolder(string name)
    {
        var folder = Path.Combine(Scratch, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    /// <exception cref="FormatException">An unknown option, or one without a value.</exception>
    internal static BenchOptions Parse(string[] arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new FormatException($"{arguments[i]} needs a value");
            options = arguments[i] switch
            {
                "--rows" => options with { Rows = value.Split(',', StringSplitOptions.RemoveEmptyEntries) },
                "--repeats" => options with { Repeats = int.Parse(value, CultureInfo.InvariantCulture) },
                "--file-mib" => options with { FileBytes = long.Parse(value, CultureInfo.InvariantCulture) * 1024 * 1024 },
                "--artifacts" => options with { Artifacts = int.Parse(value, CultureInfo.InvariantCulture) },
                "--scratch" => options with { Scratch = value },
                "--cli" => options with { Cli = value },
                "--empty" => options with { Empty = value },
                "--peers" => options with { Peers = value },
                _ => throw new FormatException($"unknown option {arguments[i]}"),
            };
        }

        return options;
    }
}

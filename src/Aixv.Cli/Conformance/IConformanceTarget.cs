namespace Aixv.Cli.Conformance;

/// <summary>What the vectors are run against: this program, or another executable.</summary>
internal interface IConformanceTarget
{
    /// <summary>For the report.</summary>
    string Name { get; }

    /// <summary>Whether it is another executable, of which only the command line is known.</summary>
    bool IsOther { get; }

    /// <summary>Runs one command in a folder.</summary>
    Task<TargetAnswer> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aixv.Export.Tests;

/// <summary>Other people's validators, run as programs. A test whose validator is not installed is skipped by its name.</summary>
internal static class Outside
{
    private static string Tests { get; } = Path.GetFullPath(Path.Combine(Here(), ".."));

    /// <summary>The folder with the validators' own scripts and npm packages.</summary>
    public static string Validators { get; } = Path.Combine(Tests, "validators");

    /// <summary>The official schemas that no package ships; may be absent.</summary>
    private static string Schemas { get; } = Path.GetFullPath(Path.Combine(Tests, "..", "..", "shared", "schemas"));

    /// <summary>An official schema; the test is skipped where it is absent.</summary>
    public static string Schema(string path)
    {
        var full = Path.Combine(Schemas, path);
        Assert.SkipUnless(Path.Exists(full), $"../shared/schemas/{path} is not there");
        return full;
    }

    /// <summary>A file of an npm package under tests/validators.</summary>
    public static string Package(string path)
    {
        var full = Path.Combine(Validators, "node_modules", path);
        Assert.SkipUnless(Path.Exists(full), "the validators are not installed: npm ci in tests/validators");
        return full;
    }

    /// <summary>Runs a script of tests/validators with node; fails with what it says unless it exits with 0.</summary>
    public static string Node(string script, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Validators, "node_modules", ".installed")), "the validators are not installed: npm ci in tests/validators");
        return Run("node", [Path.Combine(Validators, script), .. arguments]);
    }

    /// <summary>Runs a script of tests/validators with Debian's Python, whose packages test.sh installs.</summary>
    /// <param name="module">The module that the script needs.</param>
    public static string Python(string module, string script, params string[] arguments)
    {
        const string Program = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Program) && TryRun(Program, ["-c", $"import {module}"]).ExitCode == 0, $"python3's {module} is not installed");
        return Run(Program, [Path.Combine(Validators, script), .. arguments]);
    }

    /// <summary>Runs an installed program, such as <c>xmllint</c>, <c>dot</c> or <c>protoc</c>.</summary>
    public static string Program(string name, params string[] arguments)
    {
        Assert.SkipUnless(TryRun("which", [name]).ExitCode == 0, $"{name} is not installed");
        return Run(name, arguments);
    }

    /// <summary>Writes a document to a file of its own, for the length of a test.</summary>
    public static TemporaryDocument Write(byte[] document, string extension) => new(document, extension);

    private static string Run(string program, IReadOnlyList<string> arguments)
    {
        var (exitCode, said) = TryRun(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{said}");
        return said;
    }

    private static (int ExitCode, string Said) TryRun(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Validators,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Tests.Schemas;

/// <summary>The jsonschema package of Python, as a process.</summary>
internal static class OutsideValidator
{
    private const string Script = """
        import json, sys
        from jsonschema import Draft202012Validator
        cases = json.load(sys.stdin)
        answers = []
        for case in cases:
            Draft202012Validator.check_schema(case["schema"])
            validator = Draft202012Validator(case["schema"])
            answers.append([next((e.json_path + ": " + e.message[:200] for e in validator.iter_errors(d)), None) for d in case["documents"]])
        json.dump(answers, sys.stdout)
        """;

    /// <summary>The first on the path may be one without packages; the distribution's own has what its package manager installed.</summary>
    private static readonly string? Interpreter = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasValidator);

    /// <summary>Why there is none, or null.</summary>
    public static string? WhyNot() => Interpreter is null ? "no python3 has the jsonschema package with JSON Schema 2020-12" : null;

    private static bool HasValidator(string interpreter)
    {
        try
        {
            return Run(interpreter, "import jsonschema; jsonschema.Draft202012Validator", "").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>For each schema and document the first error, or null.</summary>
    public static string?[][] Validate(IReadOnlyList<(JsonObject Schema, IReadOnlyList<JsonObject> Documents)> cases)
    {
        var input = new JsonArray([.. cases.Select(c => new JsonObject
        {
            ["schema"] = c.Schema.DeepClone(),
            ["documents"] = new JsonArray([.. c.Documents.Select(d => d.DeepClone())]),
        })]);
        var (code, output) = Run(Interpreter!, Script, input.ToJsonString());
        Assert.Equal(0, code);
        return [.. JsonNode.Parse(output)!.AsArray().Select(answers => answers!.AsArray().Select(a => a?.GetValue<string>()).ToArray())];
    }

    private static (int Code, string Output) Run(string interpreter, string script, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(interpreter, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        TestContext.Current.TestOutputHelper?.WriteLine(errors.GetAwaiter().GetResult());
        return (process.ExitCode, output);
    }
}

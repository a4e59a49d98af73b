using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Publishing.Initialising;

/// <summary>The workflow that attests and publishes the model in CI.</summary>
/// <param name="Path">From the repository's root.</param>
internal sealed record Workflow(string Path, byte[] Content)
{
    /// <param name="folder">The model's folder, from the repository's root.</param>
    /// <param name="action">The address of the action.</param>
    public static IEnumerable<Workflow> For(CiSystem system, string folder, string action) => system switch
    {
        CiSystem.None => [],
        CiSystem.GitHub =>
        [
            new Workflow(".github/workflows/aixv.yml", Template("github.yml", text => text.Replace("{action}", Quoted(action), StringComparison.Ordinal).Replace("{folder}", Quoted(folder), StringComparison.Ordinal))),
        ],
        CiSystem.GitLab =>
        [
            new Workflow(".gitlab/aixv.yml", Template("gitlab.yml", text => text.Replace("AIXV_FOLDER: .", $"AIXV_FOLDER: {Quoted(folder)}", StringComparison.Ordinal))),
            new Workflow(".gitlab-ci.yml", Encoding.UTF8.GetBytes("include:\n  - local: .gitlab/aixv.yml\n")),
        ],
    };

    /// <summary>A YAML scalar; JSON's strings are YAML's.</summary>
    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static byte[] Template(string name, Func<string, string> fill)
    {
        using var stream = typeof(Workflow).Assembly.GetManifestResourceStream($"workflows/{name}") ?? throw new InvalidDataException($"the template {name} is missing");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Encoding.UTF8.GetBytes(fill(reader.ReadToEnd()));
    }
}

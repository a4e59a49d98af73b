using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Guessing;

/// <summary>A training claim put together from what lies beside an artifact, each field with where it comes from.</summary>
/// <remarks>Observed is what was measured here: a digest, a commit. Declared is what some file says. The claim carries both words (<c>metadata.field_sources</c>).</remarks>
internal sealed class TrainingGuess
{
    private const int MaximumFile = 32 * 1024 * 1024;
    private const string SourcesName = "field_sources";
    private readonly JsonObject claim = [];
    private readonly JsonObject sources = [];

    private TrainingGuess(string folder) => Folder = folder;

    /// <summary>The artifact's folder.</summary>
    public string Folder { get; }

    /// <summary>By the field's path: <c>{basis, from}</c>.</summary>
    public JsonObject Sources => sources.DeepClone().AsObject();

    /// <summary>Looks beside an artifact.</summary>
    /// <param name="declared">What the user says already; it is kept.</param>
    /// <returns>The claim, and where its fields come from.</returns>
    /// <exception cref="FormatException">A file beside the artifact is not what its name says; the message names it.</exception>
    public static TrainingGuess Beside(string artifactPath, JsonObject? declared, CancellationToken cancellationToken)
    {
        var guess = new TrainingGuess(Path.GetDirectoryName(artifactPath)!);
        foreach (var (name, value) in declared ?? [])
        {
            guess.claim[name] = value?.DeepClone();
        }

        AdapterGuess.Read(guess);
        ReadmeGuess.Read(guess);
        ConfigGuess.Read(guess, cancellationToken);
        TrainerGuess.Read(guess, cancellationToken);
        GitGuess.Read(guess);
        return guess;
    }

    /// <summary>The claim, with the sources of what was guessed.</summary>
    public JsonObject ToClaim()
    {
        var whole = claim.DeepClone().AsObject();
        if (sources.Count > 0)
        {
            var metadata = whole["metadata"] as JsonObject ?? [];
            if (metadata[SourcesName] is not JsonObject known)
            {
                metadata[SourcesName] = known = [];
            }

            foreach (var (field, source) in sources)
            {
                known[field] = source!.DeepClone();
            }

            whole["metadata"] = metadata;
        }

        return whole;
    }

    public void Observe(string group, string name, JsonNode? value, string from) => Set(group, name, value, "observed", from);

    public void Declare(string group, string name, JsonNode? value, string from) => Set(group, name, value, "declared", from);

    /// <summary>What is known already stays: the user's word, then the more specific file's.</summary>
    private void Set(string group, string name, JsonNode? value, string basis, string from)
    {
        if (value is null || (claim[group] is { } there && (there is not JsonObject known || known.ContainsKey(name))))
        {
            return;
        }

        var members = claim[group] as JsonObject;
        if (members is null)
        {
            claim[group] = members = [];
        }

        members[name] = value.DeepClone();
        sources[$"{group}.{name}"] = Source(basis, from);
    }

    /// <summary>Adds a model or dataset that a file names, once.</summary>
    public void DeclareReference(string list, JsonObject reference, string from)
    {
        if (claim[list] is { } there && (there is not JsonArray || !sources.Any(s => s.Key.StartsWith($"{list}[", StringComparison.Ordinal))))
        {
            return;
        }

        var items = claim[list] as JsonArray;
        if (items is null)
        {
            claim[list] = items = [];
        }

        if (items.OfType<JsonObject>().Any(item => JsonNode.DeepEquals(item["name"], reference["name"])))
        {
            return;
        }

        sources[$"{list}[{items.Count}]"] = Source("declared", from);
        items.Add(reference);
    }

    private static JsonObject Source(string basis, string from) => new() { ["basis"] = basis, ["from"] = from };

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A JSON file beside the artifact; null when there is none.</summary>
    public JsonObject? TryReadJson(string name) => TryReadBytes(name) is { } bytes ? SortedJson.ParseObject(bytes, name, MaximumFile) : null;

    public byte[]? TryReadBytes(string name)
    {
        var file = new FileInfo(PathOf(name));
        return !file.Exists ? null
            : file.Length <= MaximumFile ? File.ReadAllBytes(file.FullName)
            : throw new FormatException($"{name}: {file.Length} bytes, at most {MaximumFile} are read");
    }
}

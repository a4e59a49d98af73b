using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Publishing;
using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Initialising;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv init</c>: prepares a model's folder for publishing, from what it says itself. Again and again, without losing what somebody changed.</summary>
internal sealed class InitCommand
{
    private const int MaximumProject = 1024 * 1024;
    private const string DefaultAction = "aixv/aixv@v1";
    private const string GeneratedMember = "generated";
    private const string ActionMember = "action";

    private readonly Argument<string> folder = new("DIR") { Description = "The model's folder (default: this one).", DefaultValueFactory = _ => "." };
    private readonly Option<string?> hub = Options.Text("--hub", "ORG/MODEL", "The model's name on the hub (default: as the git remote or the hub's cache says).");
    private readonly Option<string?> track = Options.Text("--track", "URL", $"The registry to publish to (default: {PublishedPlaces.TrackVariable}).");
    private readonly Option<string?> oci = Options.Text("--oci", "HOST/NAME:TAG", "The model's artifact in an OCI registry.");
    private readonly Option<string?> ci = Options.Text("--ci", "SYSTEM", "Whose workflow to write: github, gitlab or none (default: as the folder says).");
    private readonly Option<string?> action = Options.Text("--action", "OWNER/REPO@REF", "Where the workflow takes the action from: this program's repository.");
    private readonly Option<bool> refresh = Options.Flag("--refresh", "Add to an edited training.json what it leaves out and can be observed.");
    private readonly Option<bool> listing = Options.Flag("--list-weights", "Print the model's files, one a line, and change nothing.");

    private InitCommand(Command command)
    {
        command.Add(folder);
        foreach (var option in (Option[])[hub, oci, track, ci, action, refresh, listing])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(ci) is not (null or "github" or "gitlab" or "none"))
            {
                result.AddError("--ci: github, gitlab or none is expected.");
            }
        });
    }

    public static Command Create(App app)
    {
        var command = new Command("init", "Prepare a model's folder for publishing: what is known of its making, names, a CI workflow.");
        var created = new InitCommand(command);
        return command.Answer(app, (parse, cancellationToken) => Task.FromResult(created.Answer(app, parse, cancellationToken)));
    }

    private IOutcome Answer(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        if (!parse.GetValue(listing))
        {
            return Run(app, parse, cancellationToken);
        }

        var place = parse.GetRequiredValue(folder);
        var project = ProjectFile.Read(app, place);
        return new WeightsOutcome(project.Weights.Count > 0 ? project.Weights : ModelWeights.Find(app.Resolve(place)));
    }

    private InitOutcome Run(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var shown = parse.GetRequiredValue(folder);
        var absolute = Path.TrimEndingDirectorySeparator(app.Resolve(shown));
        if (!System.IO.Directory.Exists(absolute))
        {
            throw new CommandFailure($"folder not found: {shown}");
        }

        var look = FolderLook.At(absolute, PublishedPlaces.Hub(app));
        var file = new GeneratedFile(ProjectFile.Name, Path.Combine(absolute, ProjectFile.Name));
        var before = file.Current is { } bytes ? SortedJson.ParseObject(bytes, file.Path, MaximumProject) : null;
        var json = Project(app, parse, look, before);
        var project = ProjectFile.Parse(json, ProjectFile.Name);
        var generated = json[GeneratedMember] as JsonObject ?? [];
        json[GeneratedMember] = generated;
        var warnings = Warnings(absolute, look, project).ToList();
        var files = new List<(string, FileState)>();
        var draft = WriteClaim(absolute, parse, project, generated, files, warnings, cancellationToken);
        WriteWorkflows(parse, absolute, look, json, files, warnings);
        var unchanged = before is not null && JsonNode.DeepEquals(before, json);
        files.Add((ProjectFile.Name, unchanged ? FileState.Unchanged : file.Write(IndentedJson.ToFile(json), [])));
        return new InitOutcome
        {
            Folder = shown,
            Hub = project.Hub?.ToString(),
            Track = project.Track,
            Weights = project.Weights,
            Files = files,
            Observed = draft.Sources,
            Advice = ClaimDraft.Advice(draft.Claim),
            Warnings = warnings,
        };
    }

    /// <summary>What somebody wrote stays; what the command line names now takes its place; what is missing is filled in.</summary>
    private JsonObject Project(App app, ParseResult parse, FolderLook look, JsonObject? before)
    {
        var json = before?.DeepClone().AsObject() ?? [];
        void Fill(string member, JsonNode? given, JsonNode? found)
        {
            if (given is not null)
            {
                json[member] = given;
            }
            else if (!json.ContainsKey(member))
            {
                json[member] = found;
            }
        }

        Fill("schema", null, ProjectFile.Schema);
        Fill("hub", parse.GetValue(hub) is { } name ? HubName.Parse(name).ToString() : null, look.Hub?.ToString());
        Fill("oci", parse.GetValue(oci), null);
        Fill("track", Address(PublishedPlaces.Track(app, parse.GetValue(track), null)), null);
        Fill("weights", null, new JsonArray([.. look.Weights.Select(file => (JsonNode)file)]));
        Fill("card", null, look.Card ?? "README.md");
        Fill("claim", null, "training.json");
        if (parse.GetValue(action) is { } address)
        {
            json[ActionMember] = address;
        }

        return json;
    }

    private static string? Address(Uri? uri) => uri?.AbsoluteUri.TrimEnd('/');

    private static IEnumerable<string> Warnings(string absolute, FolderLook look, ProjectFile project)
    {
        if (project.Weights.Count == 0)
        {
            yield return $"no weights were found: name the model's files in {ProjectFile.Name}";
        }

        if (look.Weights.Except(project.Weights, StringComparer.Ordinal).ToList() is { Count: > 0 } others)
        {
            yield return $"{ProjectFile.Name} does not name {string.Join(", ", others.Take(10))}{(others.Count > 10 ? $" and {others.Count - 10} more" : "")}: add what belongs to the model";
        }

        foreach (var file in project.Weights)
        {
            var path = Path.Combine(absolute, file);
            if (LfsPointer.Read(path) is { } pointer)
            {
                yield return pointer.Describe(file);
            }
            else if (!File.Exists(path))
            {
                yield return $"{file} is named in {ProjectFile.Name} and is not there";
            }
        }

        if (look.Card is null && !File.Exists(Path.Combine(absolute, project.Card)))
        {
            yield return $"there is no {project.Card}: 'aixv card' writes into the card that is there";
        }
    }

    private ClaimDraft WriteClaim(
        string absolute, ParseResult parse, ProjectFile project, JsonObject generated, List<(string, FileState)> files, List<string> warnings, CancellationToken cancellationToken)
    {
        if (!SafePath.IsRelative(project.Claim))
        {
            throw new CommandFailure($"{ProjectFile.Name}: claim: '{project.Claim}' is no path inside the folder");
        }

        var file = new GeneratedFile(project.Claim, Path.Combine(absolute, project.Claim));
        if (file.IsOurs(generated))
        {
            var fresh = ClaimDraft.Of(absolute, cancellationToken);
            files.Add((project.Claim, file.Write(fresh.ToFile(), generated)));
            return fresh;
        }

        ClaimDraft draft;
        try
        {
            draft = ClaimDraft.Beside(file.Current!, project.Claim, absolute, cancellationToken);
        }
        catch (FormatException e)
        {
            files.Add((project.Claim, FileState.Kept));
            warnings.Add(e.Message);
            return new ClaimDraft([], [], []);
        }

        warnings.AddRange(draft.Stale.Select(field => $"{project.Claim}: {field}"));
        if (parse.GetValue(refresh) && draft.Sources.Count > 0)
        {
            KeptFile.Replace(file.Path, draft.ToFile());
            files.Add((project.Claim, FileState.Updated));
            return draft;
        }

        files.Add((project.Claim, FileState.Kept));
        warnings.AddRange(draft.Sources.Select(field => $"{project.Claim} leaves out {field.Key}, which {field.Value!["from"]} says: --refresh adds it"));
        return draft with { Claim = SortedJson.ParseObject(file.Current!, project.Claim, ClaimDraft.MaximumBytes), Sources = [] };
    }

    private void WriteWorkflows(ParseResult parse, string absolute, FolderLook look, JsonObject project, List<(string, FileState)> files, List<string> warnings)
    {
        var generated = project[GeneratedMember]!.AsObject();
        var address = project[ActionMember] is JsonValue value && value.TryGetValue<string>(out var set) ? set : DefaultAction;
        var system = parse.GetValue(ci) switch { "github" => CiSystem.GitHub, "gitlab" => CiSystem.GitLab, "none" => CiSystem.None, _ => look.Ci };
        var inside = Path.GetRelativePath(look.RepositoryRoot, absolute).Replace(Path.DirectorySeparatorChar, '/');
        foreach (var workflow in Workflow.For(system, inside, address))
        {
            var file = new GeneratedFile(workflow.Path, Path.Combine(look.RepositoryRoot, workflow.Path));
            if (file.IsOurs(generated))
            {
                files.Add((workflow.Path, file.Write(workflow.Content, generated)));
            }
            else
            {
                files.Add((workflow.Path, FileState.Kept));
                if (workflow.Path == ".gitlab-ci.yml" && !System.Text.Encoding.UTF8.GetString(file.Current!).Contains(".gitlab/aixv.yml", StringComparison.Ordinal))
                {
                    warnings.Add("add to .gitlab-ci.yml under include:  - local: .gitlab/aixv.yml");
                }
            }
        }
    }
}

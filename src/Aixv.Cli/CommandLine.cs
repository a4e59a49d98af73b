using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Aixv.Cli.Commands;
using Aixv.Cli.Output;

namespace Aixv.Cli;

/// <summary>The command line: its verbs, how they are found, and what is said when it is not understood.</summary>
internal static class CommandLine
{
    private static readonly Verb[] Verbs =
    [
        new("version", "Print the version.", VersionCommand.Create),
        new("digest", "Print the SHA-256 digest of files: the identity of an artifact.", DigestCommand.Create),
        new("sign", "Sign an artifact.", SignCommand.Create),
        new("attest", "Say what is known of an artifact, and sign it.", AttestCommand.Create),
        new("verify", "Verify an artifact against its signature or attestation, and a policy.", VerifyCommand.Create),
        new("policy", "Make, sign, verify and raise policies.", PolicyCommand.Create),
        new("record", "Make, sign and verify records of any kind.", RecordCommand.Create),
        new("bundle", "Say which artifacts belong together, and verify it.", BundleCommand.Create),
        new("advisory", "Make, sign, verify, list and fetch advisories.", AdvisoryCommand.Create),
        new("store", "Look after the store of records and attestations.", StoreCommand.Create),
        new("predicate", "Print examples of claims, and check claims.", PredicateCommand.Create),
        new("admit", "Judge many artifacts by a policy.", AdmitCommand.Create),
        new("decision", "Examine saved decisions.", DecisionCommand.Create),
        new("provenance", "Show where an artifact comes from and what came of it.", ProvenanceCommand.Create),
        new("impact", "List the artifacts that an advisory reaches.", ImpactCommand.Create),
        new("sign-delta", "Sign an update of a model, with what it was made from.", SignDeltaCommand.Create),
        new("rollback", "Say that an artifact gives way to an earlier one, or plan that.", RollbackCommand.Create),
        new("export", "Write what is known of an artifact in the formats of other tools.", ExportCommand.Create),
        new("formats", "List the export formats.", FormatsCommand.Create),
        new("assess", "Hold the evidence of an artifact against a framework: met, partly, gap.", AssessCommand.Create),
        new("import-evidence", "Take what other tools say of artifacts into the store.", ImportEvidenceCommand.Create),
        new("import", "Take graphs that exist already into a registry: described, until proof arrives.", ImportCommand.Create),
        new("receipt", "Verify and show receipts of a registry, offline.", ReceiptCommand.Create),
        new("init", "Prepare a model's folder for publishing: what is known of its making, names, a CI workflow.", InitCommand.Create),
        new("card", "Write what is proved of a model into its card, or check that the card says it.", CardCommand.Create),
        new("publish", "Put a model's bundles where its readers look: hub, OCI registry, Track.", PublishCommand.Create),
        new("fetch", "Get a model with its bundles, verify it, and only then leave it in its place.", FetchCommand.Create),
        new("conformance", "Run the vectors that an implementation of the protocol must pass.", ConformanceCommand.Create),
        new("trust", "Manage the Sigstore instances that this user knows.", TrustCommand.Create),
        new("serve", "Run a registry and a private Sigstore: issuer, CA, logs, timestamps, TUF.", ServeCommand.Create),
        new("track", "Look after the storage of a registry: audit, rebuild, backup, restore.", TrackCommand.Create),
        new("tenant", "Make, list and limit the tenants of a registry.", TenantCommand.Create),
        new("key", "Make, list and revoke the API keys of a registry.", KeyCommand.Create),
        new("agent", "Register, list, suspend and revoke who attests in a registry.", AgentCommand.Create),
        new("monitor", "Follow a log: that it only grows, and who appears in it.", MonitorCommand.Create),
        new("witness", "Run a witness: cosign checkpoints of logs that only ever grow.", WitnessCommand.Create),
        new("demo", "Sign, attest and verify on a private Sigstore, made for the occasion.", DemoCommand.Create),
        new("authority", "Manage the accounts and keys of a private Sigstore.", AuthorityCommand.Create),
    ];

    /// <summary>Runs one command and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args, App app)
    {
        try
        {
            var exitCode = await RunAsync(app, args is ["--version", ..] ? ["version", .. args[1..]] : args);
            await app.Out.FlushAsync();
            return exitCode;
        }
        catch (IOException e)
        {
            // Everything else that fails was answered; this answer itself had nowhere to go, as on a full disk.
            new Report(app).Error($"the answer could not be written to standard output: {e.Message}");
            return ExitCode.WorldFailed;
        }
        finally
        {
            await app.Error.FlushAsync();
        }
    }

    private static async Task<int> RunAsync(App app, string[] args)
    {
        var parse = Build(app, args).Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction || (parse.Action is null && parse.Errors.Count == 0))
        {
            return RefuseUsage(app, args, parse, null);
        }

        if (FindMistakenOption(app, args, parse) is { } mistaken)
        {
            return RefuseUsage(app, args, parse, $"unknown option: {mistaken} (a file of that name is written ./{mistaken})");
        }

        return await parse.InvokeAsync(new InvocationConfiguration
        {
            Output = app.Out,
            Error = app.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    /// <summary>Only the verb that is asked for is built with its options; without one, all are listed by name.</summary>
    private static Command Build(App app, string[] args)
    {
        var root = new Command("aixv", "Can I trust this AI model? Sign, attest and verify models and datasets by Sigstore's rules.") { new HelpOption() };
        if (Array.Find(Verbs, verb => args is [var first, ..] && first == verb.Name) is { } asked)
        {
            root.Add(asked.Create(app));
            return root;
        }

        foreach (var verb in Verbs)
        {
            root.Add(new Command(verb.Name, verb.Description));
        }

        return root;
    }

    /// <summary>The parser takes an option that it does not know for a file's name; a file that is not there was not meant.</summary>
    private static string? FindMistakenOption(App app, string[] args, ParseResult parse) => parse.Action is not HelpAction
        ? parse.CommandResult.Children
            .OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal)
                && args.TakeWhile(arg => arg != "--").Contains(value)
                && !Path.Exists(app.Resolve(value)))
        : null;

    private static int RefuseUsage(App app, string[] args, ParseResult parse, string? why)
    {
        var words = Words(parse);
        var error = why ?? args switch
        {
            [] => "a command is expected",
            [['-', ..], ..] => Explain(parse),
            [var first, ..] when !Array.Exists(Verbs, verb => verb.Name == first) => $"unknown command: {first}",
            _ => Explain(parse),
        };
        if (args.Contains("--json"))
        {
            WriteFailure(app, words, error);
        }
        else
        {
            new Report(app).Error(error);
            app.Error.WriteLine($"'{string.Join(' ', ["aixv", .. words])} --help' shows what is possible.");
        }

        return ExitCode.Usage;
    }

    private static string Explain(ParseResult parse) => parse.Errors.Count > 0 ? string.Join(" ", parse.Errors.Select(e => e.Message)) : "a command is expected";

    internal static void WriteFailure(App app, IEnumerable<string> words, string error)
    {
        JsonLine.Write(app.Out, new JsonObject { ["ok"] = false, ["error"] = error, ["command"] = string.Join(' ', words) });
        app.Out.WriteLine();
    }

    /// <summary>The words of the command, without the program's name: <c>trust add</c>.</summary>
    internal static IReadOnlyList<string> Words(ParseResult parse)
    {
        var words = new List<string>();
        for (var result = parse.CommandResult; result.Parent is CommandResult parent; result = parent)
        {
            words.Insert(0, result.Command.Name);
        }

        return words;
    }

    private sealed record Verb(string Name, string Description, Func<App, Command> Create);
}

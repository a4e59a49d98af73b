using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Demonstration;

/// <summary>The demo's course: real commands against a real Authority, each printed as a person would type it.</summary>
internal sealed class Demo : IOutcome
{
    private readonly App outer;
    private readonly App inner;
    private readonly AuthorityServer server;
    private readonly Report report;
    private readonly bool asJson;
    private readonly string identity;
    private readonly string issuer;
    private readonly List<(string Command, int ExitCode, int Expected)> steps = [];
    private readonly List<string> faults = [];
    private string? page;

    public Demo(App app, AuthorityServer server, string folder, bool asJson)
    {
        outer = app;
        this.server = server;
        this.asJson = asJson;
        issuer = server.Url.AbsoluteUri.TrimEnd('/');
        var machine = server.InitialAccounts!.MachineName;
        identity = $"{issuer}/machines/{machine}";
        var token = server.IssueToken(machine);
        var home = Path.Combine(folder, "home");
        inner = app with
        {
            Directory = folder,
            Environment = name => name switch
            {
                "AIXV_HOME" => home,
                "AIXV_INSTANCE" => "demo",
                "SIGSTORE_ID_TOKEN" => token,
                "AIXV_STORE" => null,
                _ => app.Environment(name),
            },
        };
        report = new Report(app);
    }

    public int ExitCode => faults.Count == 0 ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    /// <summary>Signs, attests and verifies, and shows what a changed byte does.</summary>
    /// <param name="model">The user's model; null makes a base model and a fine-tune of it.</param>
    public async Task RunAsync(string? model)
    {
        Introduce();
        await StepAsync(["trust", "add", "demo", $"{issuer}/tuf", "--fingerprint", ServedAuthority.FingerprintOf(server.TufRoot)]);
        if (model is null)
        {
            await RunOnOwnModelsAsync();
        }
        else
        {
            await RunOnGivenModelAsync(outer.Resolve(model));
        }

        Say(faults.Count == 0 ? "Every step did what it should." : "");
    }

    private async Task RunOnOwnModelsAsync()
    {
        Say("A small network is trained on one dataset, then a copy of it is trained further on another.");
        var (before, after) = DemoFiles.Write(inner.Directory);
        Require(after < before, $"the fine-tuning did not learn: loss {before} before, {after} after");
        await StepAsync(["digest", DemoFiles.Base, DemoFiles.Tuned]);
        await StepAsync(["sign", DemoFiles.Base]);
        await StepAsync(["sign", DemoFiles.Tuned]);
        await StepAsync(["attest", DemoFiles.Tuned, "--predicate", "training", "--input", DemoFiles.Claim]);
        await VerifyAsync(DemoFiles.Base, $"{DemoFiles.Base}.sigstore.json");
        await VerifyAsync(DemoFiles.Tuned, $"{DemoFiles.Tuned}.sigstore.json");
        await VerifyAsync(DemoFiles.Tuned, "tuned.training.sigstore.json");
        await VerifyTamperedAsync(DemoFiles.Tuned, $"{DemoFiles.Tuned}.sigstore.json", "tuned.training.sigstore.json");
    }

    private async Task RunOnGivenModelAsync(string model)
    {
        DemoFiles.WriteClaimAboutUnknown(inner.Directory);
        await StepAsync(["digest", model]);
        await StepAsync(["sign", model, "--bundle", "model.sigstore.json"]);
        await StepAsync(["attest", model, "--predicate", "training", "--input", DemoFiles.Claim, "--bundle", "model.training.sigstore.json", "--output", "model.statement.json"]);
        await VerifyAsync(model, "model.sigstore.json");
        await VerifyAsync(model, "model.training.sigstore.json");
        await VerifyTamperedAsync(model, "model.sigstore.json", "model.training.sigstore.json");
    }

    /// <summary>Publishes what was made to a registry, with a recall of what the models learned from, and says where its page is.</summary>
    /// <param name="model">The user's model; null for the demo's own.</param>
    public async Task PublishAsync(DemoRegistry registry, string? model, CancellationToken cancellationToken)
    {
        Say("");
        Say("All of it goes into a registry, which verifies every bundle once more.");
        if (model is null)
        {
            await PublishOwnModelsAsync(registry, cancellationToken);
        }
        else
        {
            await PublishAsync(registry, ["model.sigstore.json", "model.training.sigstore.json"], cancellationToken);
        }

        page = $"{registry.Url}/artifacts/{DemoFiles.DigestOf(inner.Directory, model is null ? DemoFiles.Tuned : outer.Resolve(model))}";
        Say("");
        Say($"The page of {(model is null ? DemoFiles.Tuned : Path.GetFileName(model))}: {page}");
    }

    private async Task PublishOwnModelsAsync(DemoRegistry registry, CancellationToken cancellationToken)
    {
        DemoFiles.WriteStory(inner.Directory);
        await StepAsync(["attest", DemoFiles.Base, "--predicate", "training", "--input", DemoFiles.BaseClaim]);
        await StepAsync(["sign", DemoFiles.Special]);
        await PublishAsync(
            registry,
            [$"{DemoFiles.Base}.sigstore.json", "base.training.sigstore.json", $"{DemoFiles.Tuned}.sigstore.json", "tuned.training.sigstore.json", $"{DemoFiles.Special}.sigstore.json"],
            cancellationToken);
        await new DemoStory(registry, inner.Directory).RegisterAsync(cancellationToken);
        Say("");
        Say($"Then {DemoFiles.General}, which the base model learned from, turns out to be poisoned.");
        await StepAsync(["advisory", "create", "--input", DemoFiles.Warning, "--output", DemoFiles.Advisory, "--sign"]);
        await registry.WarnAsync(Path.Combine(inner.Directory, DemoFiles.Advisory), cancellationToken);
    }

    private async Task PublishAsync(DemoRegistry registry, string[] bundles, CancellationToken cancellationToken)
    {
        foreach (var bundle in bundles)
        {
            await registry.AttestAsync(Path.Combine(inner.Directory, bundle), cancellationToken);
        }
    }

    private Task VerifyAsync(string artifact, string bundle) => StepAsync(VerifyArguments(artifact, bundle));

    private string[] VerifyArguments(string artifact, string bundle) =>
        ["verify", artifact, "--bundle", bundle, "--identity", identity, "--issuer", issuer];

    private async Task VerifyTamperedAsync(string model, params string[] bundles)
    {
        Say("Now one bit of a copy is changed.");
        Say("");
        Say($"$ {DemoFiles.CopyWithOneBitFlipped(inner.Directory, model, "tampered.safetensors")}");
        foreach (var bundle in bundles)
        {
            await StepAsync(VerifyArguments("tampered.safetensors", bundle), Cli.ExitCode.Rejected);
            await RequireReasonAsync(bundle);
        }
    }

    /// <summary>A refusal for any other reason would prove nothing about the changed byte.</summary>
    private async Task RequireReasonAsync(string bundle)
    {
        var said = new StringWriter();
        await CommandLine.RunAsync([.. VerifyArguments("tampered.safetensors", bundle), "--json"], inner with { Out = said });
        var reason = JsonNode.Parse(said.ToString())?["reason"]?.GetValue<string>();
        Require(reason is "digest-mismatch" or "entry-mismatch" or "signature-invalid" or "subject-mismatch", $"{bundle}: refused for another reason than the changed byte: {reason}");
    }

    private void Introduce()
    {
        Say($"An Authority runs at {issuer}. To repeat what follows in a shell while it does:");
        Say($"  cd {inner.Directory}");
        Say($"  export AIXV_HOME={Path.Combine(inner.Directory, "home")} AIXV_INSTANCE=demo");
        Say($"  export SIGSTORE_ID_TOKEN=$(curl -s {issuer}/oidc/token -d grant_type=client_credentials -d client_id={server.InitialAccounts!.MachineName} -d client_secret={server.InitialAccounts.MachineSecret} | sed 's/.*\"id_token\":\"\\([^\"]*\\)\".*/\\1/')");
    }

    private async Task StepAsync(string[] arguments, int expected = Cli.ExitCode.Ok)
    {
        var command = $"aixv {string.Join(' ', arguments.Select(Shell.Quote))}";
        Say("");
        Say($"$ {command}");
        var exitCode = await CommandLine.RunAsync(arguments, asJson ? inner with { Out = TextWriter.Null, Error = TextWriter.Null } : inner);
        steps.Add((command, exitCode, expected));
        Require(exitCode == expected, $"'{command}' ended with {exitCode}, expected {expected}");
    }

    private void Require(bool condition, string fault)
    {
        if (!condition)
        {
            faults.Add(fault);
            report.Error(fault);
        }
    }

    private void Say(string text)
    {
        if (!asJson)
        {
            report.Line(text);
            outer.Out.Flush();
        }
    }

    public JsonObject ToJson() => new()
    {
        ["ok"] = faults.Count == 0,
        ["command"] = "demo",
        ["error"] = faults.Count == 0 ? null : string.Join("; ", faults),
        ["url"] = issuer,
        ["page"] = page,
        ["steps"] = new JsonArray([.. steps.Select(s => new JsonObject { ["command"] = s.Command, ["exit_code"] = s.ExitCode, ["expected"] = s.Expected })]),
    };

    /// <summary>All was said on the way.</summary>
    public void Describe(Report report)
    {
    }
}

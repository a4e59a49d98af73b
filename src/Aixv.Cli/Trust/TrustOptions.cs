using System.CommandLine;
using System.CommandLine.Parsing;
using Aixv.Cli.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Trust.Instances;

namespace Aixv.Cli.Trust;

/// <summary>The options that say which Sigstore instance is meant, and where its trust material comes from.</summary>
internal sealed class TrustOptions
{
    private readonly Option<string?> trustedRoot = Options.Text("--trusted-root", "FILE", "Trust exactly this trusted_root.json; nothing is fetched.");
    private readonly Option<string?> trustConfig = Options.Text("--trust-config", "FILE", "Trust exactly this ClientTrustConfig; nothing is fetched.");
    private readonly Option<string?> instance = Options.Text("--instance", "NAME", "A named instance, see 'aixv trust' (or AIXV_INSTANCE; default: public).");
    private readonly Option<bool> staging = Options.Flag("--staging", "The same as --instance staging.");
    private readonly Option<bool> offline = Options.Flag("--offline", "Use only what is on this machine.");

    public TrustOptions(Command command)
    {
        foreach (var option in (Option[])[trustedRoot, trustConfig, instance, staging, offline])
        {
            command.Add(option);
        }

        command.Validators.Add(Validate);
    }

    private void Validate(CommandResult result)
    {
        var given = new List<string>();
        foreach (var option in (Option<string?>[])[trustedRoot, trustConfig, instance])
        {
            if (result.GetValue(option) is not null)
            {
                given.Add(option.Name);
            }
        }

        if (result.GetValue(staging))
        {
            given.Add(staging.Name);
        }

        if (given.Count > 1)
        {
            result.AddError($"{string.Join(" and ", given)} exclude each other.");
        }
    }

    public bool IsOffline(ParseResult parse) => parse.GetValue(offline);

    /// <summary>Whether a file was named, which then must be there.</summary>
    public bool NamesFile(ParseResult parse) => parse.GetValue(trustedRoot) is not null || parse.GetValue(trustConfig) is not null;

    public bool IsStaging(ParseResult parse) => parse.GetValue(staging);

    /// <summary>The material of the instance that the options name. With a file no socket is opened.</summary>
    /// <exception cref="CommandFailure">A file is missing.</exception>
    public async Task<TrustMaterial> ResolveAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(trustedRoot) is { } root)
        {
            return new TrustMaterial(ArtifactFile.Read(app, "trusted root", root, TrustedRoot.MaximumBytes), null, $"file {root}", null);
        }

        if (parse.GetValue(trustConfig) is { } file)
        {
            var config = ClientTrustConfig.Parse(ArtifactFile.Read(app, "trust config", file, ClientTrustConfig.MaximumBytes));
            return new TrustMaterial(config.TrustedRoot, config.SigningConfig, $"file {file}", null);
        }

        var name = InstanceName(app, parse);
        var resolved = await TrustFolder.Open(app).ResolveAsync(name, parse.GetValue(offline), cancellationToken);
        return new TrustMaterial(resolved.TrustedRoot, resolved.SigningConfig, $"instance {name}", resolved.Warning);
    }

    /// <summary>The same, where the answer is worth something without it: null, and why, when the instance is known and nothing of it can be had.</summary>
    public async Task<(TrustMaterial? Material, string? WhyNot)> TryResolveAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        try
        {
            return (await ResolveAsync(app, parse, cancellationToken), null);
        }
        catch (HttpRequestException e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException inner)
        {
            return (null, inner.Message);
        }
        catch (TrustInstanceException e) when (IsOffline(parse) && TrustFolder.Open(app).List().Any(known => known.Name == InstanceName(app, parse)))
        {
            return (null, e.Message);
        }
    }

    /// <summary>The name of the instance; null where a file is trusted instead.</summary>
    public string? FindInstance(App app, ParseResult parse) => NamesFile(parse) ? null : InstanceName(app, parse);

    private string InstanceName(App app, ParseResult parse) => parse.GetValue(staging) ? "staging" : parse.GetValue(instance) ?? app.Setting("AIXV_INSTANCE") ?? "public";
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Cli.Trust;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Signing;

/// <summary>The options of every command that signs, and the way from them to a signer.</summary>
internal sealed class SigningOptions
{
    private const int MaximumKey = 64 * 1024;

    private readonly TrustOptions trust;
    private readonly IdentityOptions identity;
    private readonly Option<string?> signingConfig = Options.Text("--signing-config", "FILE", "Use the services of this signing config (v0.2).");
    private readonly Option<string?> key = Options.Text("--key", "PEM", "Sign with this private key instead of an identity.");
    private readonly Option<string?> passwordVariable = Options.Text("--key-password-env", "NAME", "The environment variable with the key's password.");
    private readonly Option<bool> noLog = Options.Flag("--no-log", "With --key: ask no log, no timestamp authority and no network.");

    private readonly Option<string?> logEntry = Options.Text(
        "--log-entry", "KIND", "As what a Rekor v2 log holds a statement: hashedrekord (default), or dsse, for verifiers from before June 2026 and a log of one's own.");

    public SigningOptions(Command command)
    {
        identity = new IdentityOptions(command);
        foreach (var option in (Option[])[key, passwordVariable, noLog, signingConfig, logEntry])
        {
            command.Add(option);
        }

        trust = new TrustOptions(command);
        command.Validators.Add(Validate);
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(noLog) && result.GetValue(key) is null)
        {
            result.AddError("--no-log needs --key: a signature by identity cannot be verified without a log entry.");
        }

        if (result.GetValue(logEntry) is not (null or "hashedrekord" or "dsse"))
        {
            result.AddError("--log-entry is hashedrekord or dsse.");
        }
    }

    /// <summary>The options that say whom to trust; signing and verifying share them.</summary>
    public TrustOptions Trust => trust;

    public bool IsStaging(ParseResult parse) => trust.IsStaging(parse);

    public bool HasKey(ParseResult parse) => parse.GetValue(key) is not null;

    /// <summary>Whether the command line says what to sign with; what the surroundings offer does not count.</summary>
    public bool IsAsked(ParseResult parse) => HasKey(parse) || identity.IsAsked(parse);

    /// <summary>Whether something to sign with is at hand without asking a person: a key, or a token.</summary>
    public async Task<bool> CanSignAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        if (HasKey(parse) || identity.IsInteractive(parse))
        {
            return true;
        }

        using var http = CreateHttpClient(app);
        return await identity.FindAsync(app, parse, new ServiceTransport(http, app.Time), cancellationToken) is not null;
    }

    /// <summary>Opens the signer that the options describe.</summary>
    /// <exception cref="CommandFailure">No token, no key file, or no services to sign with.</exception>
    public async Task<OpenSigner> OpenAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var privateKey = parse.GetValue(key) is { } path ? ReadKey(app, parse, path) : null;
        if (privateKey is not null && parse.GetValue(noLog))
        {
            return new OpenSigner(new KeyBundleSigner(privateKey), privateKey, null);
        }

        var http = CreateHttpClient(app);
        try
        {
            return new OpenSigner(await ConnectAsync(app, parse, privateKey, new ServiceTransport(http, app.Time), cancellationToken), privateKey, http);
        }
        catch
        {
            privateKey?.Dispose();
            http.Dispose();
            throw;
        }
    }

    private async Task<BundleSigner> ConnectAsync(
        App app, ParseResult parse, SigningKey? privateKey, ServiceTransport transport, CancellationToken cancellationToken)
    {
        if (trust.IsOffline(parse))
        {
            throw new CommandFailure("signing asks a log, which --offline forbids; only --key with --no-log signs without a network");
        }

        // The token first: without one, nothing need be fetched to say so.
        var token = privateKey is null ? await identity.FindAsync(app, parse, transport, cancellationToken) : null;
        if (privateKey is null && token is null && !identity.IsInteractive(parse))
        {
            throw IdentityOptions.Missing();
        }

        var material = await trust.ResolveAsync(app, parse, cancellationToken);
        if (material.Warning is { } warning)
        {
            new Report(app).Warning(warning);
        }

        var services = SigningServices.Select(SigningConfig.Parse(ReadConfig(app, parse, material)), app.Time.GetUtcNow()) with
        {
            EnvelopeEntries = parse.GetValue(logEntry) is "dsse" ? EnvelopeEntryKind.Dsse : EnvelopeEntryKind.HashedRekord,
        };
        var root = material.ParseRoot();
        if (privateKey is not null)
        {
            return new KeyBundleSigner(privateKey, services, root, transport);
        }

        token ??= await identity.AskAsync(app, parse, services, transport, cancellationToken);
        return new KeylessBundleSigner(services, token, root, transport, app.Time);
    }

    private ReadOnlyMemory<byte> ReadConfig(App app, ParseResult parse, TrustMaterial material) =>
        parse.GetValue(signingConfig) is { } file ? ArtifactFile.Read(app, "signing config", file, SigningConfig.MaximumBytes)
        : material.SigningConfig ?? throw new CommandFailure(
            $"{material.Source} says whom to trust and not where to sign: pass --signing-config FILE or --trust-config FILE, or update the instance");

    private SigningKey ReadKey(App app, ParseResult parse, string path)
    {
        var pem = Encoding.UTF8.GetString(ArtifactFile.Read(app, "key", path, MaximumKey));
        return PrivateKeyFile.Read(pem, () => parse.GetValue(passwordVariable) is { } variable
            ? app.Environment(variable) ?? throw new CommandFailure($"the environment variable {variable} of --key-password-env is not set")
            : app.AskSecret?.Invoke($"Password of {path}: "));
    }

    private static HttpClient CreateHttpClient(App app) => app.Http is null ? ServiceTransport.CreateHttpClient() : new HttpClient(app.Http());
}

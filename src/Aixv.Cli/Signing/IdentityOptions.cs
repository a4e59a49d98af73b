using System.CommandLine;
using Aixv.Cli.Output;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;

namespace Aixv.Cli.Signing;

/// <summary>The options that say in whose name is signed (docs/signing.md, "Where the token comes from").</summary>
internal sealed class IdentityOptions
{
    private readonly Option<string?> token = Options.Text("--identity-token", "JWT", "Sign in the name of this OIDC identity token.");
    private readonly Option<string?> tokenVariable = Options.Text("--identity-token-env", "NAME", "The environment variable with the token (default: SIGSTORE_ID_TOKEN).");
    private readonly Option<bool> interactive = Options.Flag("--interactive-oidc", "Sign in with a browser when no token is found.");
    private readonly Option<bool> outOfBand = Options.Flag("--oob", "With --interactive-oidc: sign in on any device, by a code.");

    public IdentityOptions(Command command)
    {
        foreach (var option in (Option[])[token, tokenVariable, interactive, outOfBand])
        {
            command.Add(option);
        }
    }

    public bool IsInteractive(ParseResult parse) => parse.GetValue(interactive) || parse.GetValue(outOfBand);

    /// <summary>Whether the command line names an identity to sign with.</summary>
    public bool IsAsked(ParseResult parse) => IsInteractive(parse) || parse.GetValue(token) is not null || parse.GetValue(tokenVariable) is not null;

    /// <summary>The token that is there without asking a person; null when there is none.</summary>
    public Task<IdentityToken?> FindAsync(App app, ParseResult parse, ServiceTransport transport, CancellationToken cancellationToken)
    {
        IdentityTokenSource[] sources =
        [
            new GivenTokenSource(parse.GetValue(token)),
            new EnvironmentTokenSource(name => app.Environment(name), parse.GetValue(tokenVariable) ?? EnvironmentTokenSource.DefaultName),
            .. IdentityTokenSources.Ambient(transport, name => app.Environment(name)),
        ];
        return IdentityTokenSources.FindAsync(sources, cancellationToken);
    }

    /// <summary>Asks the person.</summary>
    /// <exception cref="CommandFailure">The signing config names no identity provider.</exception>
    public async Task<IdentityToken> AskAsync(App app, ParseResult parse, SigningServices services, ServiceTransport transport, CancellationToken cancellationToken)
    {
        var provider = services.IdentityProvider
            ?? throw new CommandFailure("the signing config names no identity provider to sign in at: pass --identity-token");
        var client = new OidcClient(provider.OriginalString);
        var report = new Report(app);
        var prompt = new InteractivePrompt(report.Notice, app.OpenBrowser);
        IdentityTokenSource source = parse.GetValue(outOfBand)
            ? new DeviceTokenSource(transport, client, prompt, app.Time)
            : new BrowserTokenSource(transport, client, prompt);
        return await source.FindAsync(cancellationToken) ?? throw Missing();
    }

    public static CommandFailure Missing() =>
        new("missing OIDC token: pass --identity-token, set SIGSTORE_ID_TOKEN, or use --interactive-oidc");
}

using System.CommandLine;
using System.CommandLine.Parsing;
using Aixv.Cli.Artifacts;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Commands;

/// <summary>The options that say whose signature is expected.</summary>
internal sealed class SignerOptions
{
    private const int MaximumKey = 64 * 1024;

    private readonly Option<string?> identity = Options.Text("--identity", "SUBJECT", "The signer's e-mail address or URI, exactly.");
    private readonly Option<string?> identityGlob = Options.Text("--identity-glob", "PATTERN", "The signer, as a glob over the whole text (* stops at '/', ** does not).");
    private readonly Option<string?> identityRegex = Options.Text("--identity-regex", "PATTERN", "The signer, as a regular expression over the whole text.");
    private readonly Option<string?> issuer = Options.Text("--issuer", "URL", "Who vouched for the signer, exactly.");
    private readonly Option<string?> issuerGlob = Options.Text("--issuer-glob", "PATTERN", "The issuer, as a glob over the whole text.");
    private readonly Option<string?> issuerRegex = Options.Text("--issuer-regex", "PATTERN", "The issuer, as a regular expression over the whole text.");
    private readonly Option<string?> key = Options.Text("--key", "PEM", "The signer's public key, for signatures without a certificate.");
    private readonly Option<bool> allowUnlogged = Options.Flag("--allow-unlogged", "With --key: accept a signature that no log holds.");

    public SignerOptions(Command command)
    {
        foreach (var option in (Option[])[identity, identityGlob, identityRegex, issuer, issuerGlob, issuerRegex, key, allowUnlogged])
        {
            command.Add(option);
        }

        command.Validators.Add(Validate);
    }

    private void Validate(CommandResult result)
    {
        bool Given(params ReadOnlySpan<Option<string?>> options)
        {
            foreach (var option in options)
            {
                if (result.GetValue(option) is not null)
                {
                    return true;
                }
            }

            return false;
        }

        if (Given(key) && Given(identity, identityGlob, identityRegex, issuer, issuerGlob, issuerRegex))
        {
            result.AddError("--key excludes --identity and --issuer: a managed key has no certificate that names its owner.");
        }

        if (result.GetValue(allowUnlogged) && !Given(key))
        {
            result.AddError("--allow-unlogged needs --key: a certificate without a log entry proves nothing.");
        }
    }

    /// <summary>What was asked for, for the answer.</summary>
    public (string? Subject, string? Issuer) Expected(ParseResult parse) => (
        parse.GetValue(identity) ?? parse.GetValue(identityGlob) ?? parse.GetValue(identityRegex),
        parse.GetValue(issuer) ?? parse.GetValue(issuerGlob) ?? parse.GetValue(issuerRegex));

    /// <summary>Whether a signer is named by exact text or not at all, so that a policy can judge who it is.</summary>
    public bool IsExact(ParseResult parse) =>
        !((Option<string?>[])[identityGlob, identityRegex, issuerGlob, issuerRegex, key]).Any(option => parse.GetValue(option) is not null);

    /// <summary>The policy, and the public key where there is one.</summary>
    /// <param name="anybody">What is asked where nobody is named; null does not allow that.</param>
    /// <exception cref="CommandFailure">Nobody is named, or the key cannot be read.</exception>
    /// <exception cref="FormatException">A pattern or the key is malformed.</exception>
    public (VerificationPolicy Policy, PublicKey? Key) Read(App app, ParseResult parse, SignerPolicy? anybody = null)
    {
        if (parse.GetValue(key) is { } path)
        {
            var publicKey = ReadKey(app, path);
            return (new VerificationPolicy { Signer = SignerPolicy.Key(publicKey), LogThreshold = parse.GetValue(allowUnlogged) ? 0 : 1 }, publicKey);
        }

        var identities = Patterns(parse, identity, identityGlob, identityRegex);
        if (identities.Count == 0 && anybody is not null)
        {
            var issuers = Patterns(parse, issuer, issuerGlob, issuerRegex);
            return (new VerificationPolicy { Signer = issuers.Count == 0 ? anybody : SignerPolicy.Certificate([TextPattern.Glob("**")], issuers) }, null);
        }

        return identities.Count > 0
            ? (new VerificationPolicy { Signer = SignerPolicy.Certificate(identities, Patterns(parse, issuer, issuerGlob, issuerRegex)) }, null)
            : throw NobodyExpected();
    }

    public static CommandFailure NobodyExpected() => new("subject identity constraints required: set --identity or policy.subject/allow_subjects");

    private static PublicKey ReadKey(App app, string path) =>
        PublicKey.FromPem(System.Text.Encoding.UTF8.GetString(ArtifactFile.Read(app, "key", path, MaximumKey)));

    private static List<TextPattern> Patterns(ParseResult parse, Option<string?> exact, Option<string?> glob, Option<string?> regex)
    {
        var patterns = new List<TextPattern>();
        if (parse.GetValue(exact) is { } text)
        {
            patterns.Add(TextPattern.Exact(text));
        }

        if (parse.GetValue(glob) is { } shape)
        {
            patterns.Add(TextPattern.Glob(shape));
        }

        if (parse.GetValue(regex) is { } expression)
        {
            patterns.Add(TextPattern.Regex(expression));
        }

        return patterns;
    }
}

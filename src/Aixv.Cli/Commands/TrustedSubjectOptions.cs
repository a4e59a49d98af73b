using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Records;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Commands;

/// <summary>
/// The options that name whose signature counts: <c>--trusted-subject</c>, <c>--trusted-subjects a,b</c>, <c>--trusted-issuers a,b</c>
/// (aixv-protocol §5), and where signatures are verified <c>--trusted-key PEM</c>.
/// </summary>
internal sealed class TrustedSubjectOptions
{
    private const int MaximumKey = 64 * 1024;

    private readonly Option<string[]> subject;
    private readonly Option<string[]> subjects;
    private readonly Option<string[]> issuers;
    private readonly Option<string[]>? key;
    private readonly Option<bool>? unlogged;

    /// <param name="command">Gets the options.</param>
    /// <param name="prefix">How their names begin: <c>--trusted</c>, <c>--policy-trusted</c>, <c>--trusted-attestation</c>, <c>--advisory-trusted</c>.</param>
    /// <param name="whose">What these subjects sign, for the help: <c>the record</c>.</param>
    /// <param name="withKeys">Whether managed keys may be given, because signatures are verified here.</param>
    public TrustedSubjectOptions(Command command, string prefix, string whose, bool withKeys = true)
    {
        subject = new Option<string[]>($"{prefix}-subject") { HelpName = "SUBJECT", Description = $"Whose signature of {whose} counts: an e-mail address or URI, exactly. May be repeated." };
        subjects = new Option<string[]>($"{prefix}-subjects") { HelpName = "A,B", Description = "The same, as a list with commas." };
        issuers = new Option<string[]>($"{prefix}-issuers", $"{prefix}-issuer", $"{prefix}-subject-issuers")
        {
            HelpName = "A,B",
            Description = "Who must have vouched for these subjects, as a list with commas (default: any issuer of the instance).",
        };
        command.Add(subject);
        command.Add(subjects);
        command.Add(issuers);
        if (withKeys)
        {
            key = new Option<string[]>($"{prefix}-key") { HelpName = "PEM", Description = $"A public key whose signature of {whose} counts, without a certificate. May be repeated." };
            unlogged = Options.Flag($"{prefix}-key-unlogged", $"With {prefix}-key: accept its signature also where no log holds it.");
            command.Add(key);
            command.Add(unlogged);
            command.Validators.Add(result =>
            {
                if (result.GetValue(unlogged) && result.GetValue(key) is not { Length: > 0 })
                {
                    result.AddError($"{unlogged.Name} needs {key.Name}: a certificate without a log entry proves nothing.");
                }
            });
        }
    }

    /// <summary>Whether any subject or key is named.</summary>
    public bool IsGiven(ParseResult parse) => Subjects(parse).Count > 0 || HasKeys(parse);

    /// <summary>The named subjects, each once, in the order of naming.</summary>
    public IReadOnlyList<string> Subjects(ParseResult parse) =>
        [.. (parse.GetValue(subject) ?? []).Select(one => one.Trim()).Where(one => one.Length > 0).Concat(CommaList.Split(parse.GetValue(subjects))).Distinct(StringComparer.Ordinal)];

    /// <summary>The named issuers, each once.</summary>
    public IReadOnlyList<string> Issuers(ParseResult parse) => CommaList.Split(parse.GetValue(issuers));

    private bool HasKeys(ParseResult parse) => key is not null && parse.GetValue(key) is { Length: > 0 };

    /// <summary>The named keys.</summary>
    /// <exception cref="CommandFailure">A file is missing.</exception>
    /// <exception cref="FormatException">A file is no public key.</exception>
    public ManagedKeys Keys(App app, ParseResult parse) => HasKeys(parse)
        ? new ManagedKeys(parse.GetValue(key!)!.Select(path => Read(app, path)), parse.GetValue(unlogged!))
        : ManagedKeys.None;

    private static PublicKey Read(App app, string path)
    {
        try
        {
            return PublicKey.FromPem(System.Text.Encoding.UTF8.GetString(ArtifactFile.Read(app, "key", path, MaximumKey)));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Whether a verified signer is one of those named: a subject, by one of the issuers, or a key.</summary>
    /// <param name="parse">What was written.</param>
    /// <param name="keys">What <see cref="Keys"/> gave.</param>
    public Func<string, string?, bool> Matcher(ParseResult parse, ManagedKeys keys)
    {
        var named = Subjects(parse).ToHashSet(StringComparer.Ordinal);
        var by = Issuers(parse);
        var ours = keys.Keys.Select(ManagedKeys.NameOf).ToHashSet(StringComparer.Ordinal);
        return (who, issuer) => (issuer is null && ours.Contains(who)) || (named.Contains(who) && (by.Count == 0 || by.Contains(issuer, StringComparer.Ordinal)));
    }

    /// <param name="app">The world.</param>
    /// <param name="parse">What was written.</param>
    /// <param name="missing">What is said when nobody is named.</param>
    /// <exception cref="CommandFailure">Nobody is named, or a key's file is missing.</exception>
    /// <exception cref="FormatException">A file is no public key.</exception>
    public TrustedSigners Read(App app, ParseResult parse, string missing = "trusted subject constraints required") =>
        IsGiven(parse) ? TrustedSigners.Exactly(Subjects(parse), Issuers(parse), Keys(app, parse)) : throw new CommandFailure(missing);
}

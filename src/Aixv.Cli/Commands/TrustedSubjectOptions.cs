using System.CommandLine;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary>The options that name whose signature counts: <c>--trusted-subject</c>, <c>--trusted-subjects a,b</c>, <c>--trusted-issuers a,b</c> (aixv-protocol §5).</summary>
internal sealed class TrustedSubjectOptions
{
    private readonly Option<string[]> subject;
    private readonly Option<string[]> subjects;
    private readonly Option<string[]> issuers;

    /// <param name="command">Gets the options.</param>
    /// <param name="prefix">How their names begin: <c>--trusted</c>, <c>--policy-trusted</c>, <c>--trusted-attestation</c>, <c>--advisory-trusted</c>.</param>
    /// <param name="whose">What these subjects sign, for the help: <c>the record</c>.</param>
    public TrustedSubjectOptions(Command command, string prefix, string whose)
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
    }

    /// <summary>Whether any subject is named.</summary>
    public bool IsGiven(ParseResult parse) => Subjects(parse).Count > 0;

    /// <summary>The named subjects, each once, in the order of naming.</summary>
    public IReadOnlyList<string> Subjects(ParseResult parse) =>
        [.. (parse.GetValue(subject) ?? []).Select(one => one.Trim()).Where(one => one.Length > 0).Concat(CommaList.Split(parse.GetValue(subjects))).Distinct(StringComparer.Ordinal)];

    /// <summary>The named issuers, each once.</summary>
    public IReadOnlyList<string> Issuers(ParseResult parse) => CommaList.Split(parse.GetValue(issuers));

    /// <param name="parse">What was written.</param>
    /// <param name="missing">What is said when no subject is named.</param>
    /// <exception cref="CommandFailure">No subject is named.</exception>
    public TrustedSigners Read(ParseResult parse, string missing = "trusted subject constraints required") =>
        IsGiven(parse) ? TrustedSigners.Exactly(Subjects(parse), Issuers(parse)) : throw new CommandFailure(missing);
}

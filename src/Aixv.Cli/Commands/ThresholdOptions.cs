using System.CommandLine;
using System.CommandLine.Parsing;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary>The options that say how many witnesses of a signature are asked for. Each operator counts once.</summary>
internal sealed class ThresholdOptions
{
    private readonly Option<int?> log = Create("--log-threshold", "Verified log entries (default: 1). 0 gives up that a signature by a stolen identity would be seen by its owner: nobody need know of it.");
    private readonly Option<int?> time = Create("--time-threshold", "Verified times, of logs and timestamp authorities together (default: 1).");
    private readonly Option<int?> sct = Create("--sct-threshold", "Verified SCTs of distinct CT logs (default: 1). 0 gives up that a certificate which the authority issued in secret would be noticed.");

    public ThresholdOptions(Command command)
    {
        foreach (var (option, minimum) in ((Option<int?>, int)[])[(log, 0), (time, 1), (sct, 0)])
        {
            option.Validators.Add(result => Validate(result, option.Name, minimum));
            command.Add(option);
        }
    }

    private static Option<int?> Create(string name, string description) => new(name) { Description = description, HelpName = "N" };

    private static void Validate(OptionResult result, string name, int minimum)
    {
        const int Maximum = 32;
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < minimum || number > Maximum))
        {
            result.AddError($"{name} takes a number from {minimum} to {Maximum}, not '{token.Value}'.");
        }
    }

    /// <summary>The policy with what was asked for.</summary>
    public VerificationPolicy Apply(VerificationPolicy policy, ParseResult parse) => policy with
    {
        LogThreshold = parse.GetValue(log) ?? policy.LogThreshold,
        TimeThreshold = parse.GetValue(time) ?? policy.TimeThreshold,
        SctThreshold = parse.GetValue(sct) ?? policy.SctThreshold,
    };
}

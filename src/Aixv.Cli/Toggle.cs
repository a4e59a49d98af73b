using System.CommandLine;

namespace Aixv.Cli;

/// <summary>A choice that is written <c>--x</c> or <c>--no-x</c>, or left open.</summary>
internal sealed class Toggle
{
    private readonly Option<bool> yes;
    private readonly Option<bool> no;

    public Toggle(Command command, string name, string description)
    {
        yes = Options.Flag($"--{name}", description);
        no = Options.Flag($"--no-{name}", $"The opposite of --{name}.");
        command.Add(yes);
        command.Add(no);
        command.Validators.Add(result =>
        {
            if (result.GetValue(yes) && result.GetValue(no))
            {
                result.AddError($"--{name} and --no-{name} exclude each other.");
            }
        });
    }

    /// <summary>Null when neither was given.</summary>
    public bool? Read(ParseResult parse) => parse.GetValue(yes) ? true : parse.GetValue(no) ? false : null;
}

using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Commands;

/// <summary>An account that was changed.</summary>
/// <param name="Kind"><c>user</c> or <c>machine</c>.</param>
/// <param name="Done">What was done to it.</param>
/// <param name="SecretName">What its secret is called.</param>
/// <param name="Secret">The secret where it was made just now: the only time that it is shown.</param>
internal sealed record AccountOutcome(string Name, string Kind, string Done, string SecretName, string? Secret) : IOutcome
{
    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["ok"] = true, ["name"] = Name, ["kind"] = Kind, ["done"] = Done };
        if (Secret is not null)
        {
            json[SecretName] = Secret;
        }

        return json;
    }

    public void Describe(Report report)
    {
        report.Line($"{Done}: {Kind} {Name}");
        report.Row(SecretName, Secret is null ? null : $"{Secret}   (shown only now)");
    }

    /// <summary>Says nothing of the secret, so that it does not end in a log.</summary>
    public override string ToString() => $"{Done}: {Kind} {Name}";
}

using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aixv.Authority.Identity;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv authority show</c>: the accounts, and the fingerprint that clients need.</summary>
internal static class AuthorityShowCommand
{
    public static Command Create(App app)
    {
        var data = AuthorityFolder.Option();
        var command = new Command("show", "Show accounts and fingerprint; also while it serves.") { data };
        return command.Answer(app, parse =>
        {
            var folder = AuthorityFolder.Resolve(app, parse, data);
            var accounts = Accounts.Open(folder).List();
            var root = Path.Combine(folder, "public", "root.json");
            var fingerprint = File.Exists(root) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(root))) : null;
            return new Outcome(folder, fingerprint, accounts);
        });
    }

    private sealed record Outcome(string Folder, string? Fingerprint, IReadOnlyList<AccountSummary> Accounts) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new()
        {
            ["ok"] = true,
            ["data"] = Folder,
            ["root_fingerprint"] = Fingerprint,
            ["accounts"] = new JsonArray([.. Accounts.Select(ToJson)]),
        };

        private static JsonObject ToJson(AccountSummary account) => new()
        {
            ["name"] = account.Name,
            ["kind"] = account.Kind,
            ["email"] = account.Email,
            ["subject"] = account.Subject,
        };

        public void Describe(Report report)
        {
            report.Heading(Folder);
            report.Row("root", Fingerprint ?? "none yet: 'aixv serve' makes it");
            foreach (var account in Accounts)
            {
                report.Row(account.Kind, $"{account.Name}{(account.Email is null ? "" : $" ({account.Email})")}{(account.Subject is null ? "" : $", subject {account.Subject}")}");
            }
        }
    }
}

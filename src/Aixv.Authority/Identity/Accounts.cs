using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Identity;

/// <summary>The local accounts of a data folder, for the command line; safe beside a running Authority.</summary>
public sealed class Accounts
{
    /// <summary>The fewest characters of a password.</summary>
    public const int MinimumPassword = 10;
    private const int MaximumPassword = 256;
    private readonly AccountsFile file;

    private Accounts(AccountsFile file) => this.file = file;

    /// <summary>Opens the accounts of <paramref name="dataFolder"/>, which must exist.</summary>
    /// <exception cref="IOException">No such folder, or a damaged file.</exception>
    public static Accounts Open(string dataFolder) => Directory.Exists(dataFolder)
        ? new Accounts(AccountsFile.Open(dataFolder))
        : throw new DirectoryNotFoundException($"there is no data folder {dataFolder}; aixv serve makes one");

    /// <summary>Name, kind (<c>user</c> or <c>machine</c>), e-mail and explicit subject of every account.</summary>
    public IReadOnlyList<AccountSummary> List() =>
        [.. file.All.Select(a => new AccountSummary(a.Name, a.IsMachine ? "machine" : "user", a.Email, a.Subject))];

    /// <summary>Adds a person. A null password makes one.</summary>
    /// <returns>The password.</returns>
    /// <exception cref="FormatException">A value is not valid, or the name is taken.</exception>
    public string AddUser(string name, string email, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(email);
        var iterations = password is null ? PasswordHash.SecretIterations : PasswordHash.PasswordIterations;
        password ??= NewSecret(18);
        if (password.Length is < MinimumPassword or > MaximumPassword)
        {
            throw new FormatException($"a password has {MinimumPassword} to {MaximumPassword} characters");
        }

        AccountsFile.Check(name, email, subject: null);
        file.Add(new Account { Name = name, IsMachine = false, Email = email, Hash = PasswordHash.Of(password, iterations) });
        return password;
    }

    /// <summary>Adds a machine account, with a subject (a URI or a plain name) or the default one.</summary>
    /// <returns>Its client secret, which is kept nowhere.</returns>
    /// <exception cref="FormatException">A value is not valid, or the name is taken.</exception>
    public string AddMachine(string name, string? subject = null)
    {
        var secret = NewSecret(32);
        file.Add(new Account { Name = name, IsMachine = true, Subject = subject, Hash = PasswordHash.Of(secret, PasswordHash.SecretIterations) });
        return secret;
    }

    /// <summary>False when there is no such account.</summary>
    public bool Remove(string name) => file.Remove(name);

    private static string NewSecret(int bytes) => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(bytes));
}

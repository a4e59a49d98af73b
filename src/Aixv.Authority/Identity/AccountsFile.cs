using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aixv.Authority.Storage;
using Aixv.Sigstore.Json;

namespace Aixv.Authority.Identity;

/// <summary><c>accounts.json</c>, mode 0600: the local users and machines, with hashes in place of passwords. Read again whenever it changes.</summary>
internal sealed partial class AccountsFile
{
    private const int MaximumBytes = 16 * 1024 * 1024;
    private const int MaximumAccounts = 100_000;
    private readonly string path;
    private readonly Lock gate = new();
    private DateTime readAt;
    private ImmutableDictionary<string, Account> accounts = ImmutableDictionary<string, Account>.Empty.WithComparers(StringComparer.Ordinal);

    private AccountsFile(string path) => this.path = path;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameShape();

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailShape();

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "accounts.json");

    /// <exception cref="IOException">The file is damaged.</exception>
    public static AccountsFile Open(string dataFolder)
    {
        var file = new AccountsFile(PathIn(dataFolder));
        file.Refresh();
        return file;
    }

    public bool Exists => File.Exists(path);

    public IReadOnlyCollection<Account> All
    {
        get
        {
            lock (gate)
            {
                Refresh();
                return [.. accounts.Values.OrderBy(a => a.Name, StringComparer.Ordinal)];
            }
        }
    }

    public Account? Find(string name)
    {
        lock (gate)
        {
            Refresh();
            return accounts.GetValueOrDefault(name);
        }
    }

    /// <exception cref="FormatException">A member is not valid, or the name is taken.</exception>
    public void Add(Account account)
    {
        Check(account.Name, account.Email, account.Subject);
        lock (gate)
        {
            using var writers = WaitForWriters();
            Refresh();
            if (accounts.ContainsKey(account.Name))
            {
                throw new FormatException($"the account '{account.Name}' exists already");
            }

            Save(accounts.Add(account.Name, account));
        }
    }

    /// <summary>False when there is no such account.</summary>
    public bool Remove(string name)
    {
        lock (gate)
        {
            using var writers = WaitForWriters();
            Refresh();
            if (!accounts.ContainsKey(name))
            {
                return false;
            }

            Save(accounts.Remove(name));
            return true;
        }
    }

    /// <summary>Two commands at once must not undo each other's change.</summary>
    private FileStream WaitForWriters()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 100)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <exception cref="FormatException">A value is not valid.</exception>
    public static void Check(string name, string? email, string? subject)
    {
        if (!NameShape().IsMatch(name))
        {
            throw new FormatException($"account name '{name}': expected 1 to 64 letters, digits, '.', '_' or '-'");
        }

        if (email is not null && !EmailShape().IsMatch(email))
        {
            throw new FormatException($"account '{name}': '{email}' is no e-mail address of ASCII characters");
        }

        if (subject is not null && (subject.Length is 0 or > 255 || subject.Any(c => c is <= ' ' or > '~')))
        {
            throw new FormatException($"account '{name}': a subject has 1 to 255 visible ASCII characters");
        }
    }

    private void Refresh()
    {
        var changed = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        if (changed == readAt)
        {
            return;
        }

        try
        {
            if (changed == default)
            {
                accounts = accounts.Clear();
                readAt = changed;
                return;
            }

            var json = ProtoObject.Parse(File.ReadAllBytes(path), MaximumBytes).Only("accounts");
            accounts = json.Messages("accounts", MaximumAccounts).Select(Read).ToImmutableDictionary(a => a.Name, StringComparer.Ordinal);
            readAt = changed;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new IOException($"{path} is damaged: {e.Message}", e);
        }
    }

    private static Account Read(ProtoObject json)
    {
        json.Only("name", "kind", "email", "subject", "hash");
        var account = new Account
        {
            Name = json.RequiredText("name"),
            IsMachine = json.RequiredText("kind") switch
            {
                "user" => false,
                "machine" => true,
                var other => throw new FormatException($"{json.Path}.kind: '{other}', expected 'user' or 'machine'"),
            },
            Email = json.Text("email"),
            Subject = json.Text("subject"),
            Hash = PasswordHash.TryParse(json.RequiredText("hash"), out var hash)
                ? hash
                : throw new FormatException($"{json.Path}.hash: expected pbkdf2-sha512$iterations$salt$hash"),
        };
        Check(account.Name, account.Email, account.Subject);
        return account;
    }

    private void Save(ImmutableDictionary<string, Account> changed)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("accounts");
            foreach (var account in changed.Values.OrderBy(a => a.Name, StringComparer.Ordinal))
            {
                Write(writer, account);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        AtomicFile.Write(path, stream.ToArray(), AtomicFile.Secret);
        accounts = changed;
        readAt = File.GetLastWriteTimeUtc(path);
    }

    private static void Write(Utf8JsonWriter writer, Account account)
    {
        writer.WriteStartObject();
        writer.WriteString("name", account.Name);
        writer.WriteString("kind", account.IsMachine ? "machine" : "user");
        if (account.Email is { } email)
        {
            writer.WriteString("email", email);
        }

        if (account.Subject is { } subject)
        {
            writer.WriteString("subject", subject);
        }

        writer.WriteString("hash", account.Hash.ToString());
        writer.WriteEndObject();
    }
}

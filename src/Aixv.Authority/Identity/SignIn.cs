using System.Net;
using Microsoft.Extensions.Logging;
using Aixv.Authority.Hosting;

namespace Aixv.Authority.Identity;

/// <summary>Checks passwords and secrets, slowing down whoever guesses: by account and by address.</summary>
internal sealed class SignIn(AccountsFile accounts, TimeProvider time, ILogger logger) : IDisposable
{
    private const int FreeFailures = 5;
    private const int MaximumTracked = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Hashing is slow on purpose, so only so many happen at once.</summary>
    private static readonly int Parallel = Math.Max(1, Environment.ProcessorCount / 2);
    private readonly SemaphoreSlim hashing = new(Parallel);

    /// <summary>Checked in place of an account that does not exist, so that the time taken does not tell which names do.</summary>
    private readonly Lazy<PasswordHash> nobody = new(() => PasswordHash.Of("nobody", PasswordHash.PasswordIterations));
    private readonly Lazy<PasswordHash> noMachine = new(() => PasswordHash.Of("nobody", PasswordHash.SecretIterations));
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset Last)> failed = new(StringComparer.Ordinal);

    /// <summary>The account, when the name is of that kind and the password is its own; else null.</summary>
    /// <exception cref="TooManyAttemptsException">Too many failures of late.</exception>
    public async Task<Account?> TryAsync(string name, string password, bool machine, IPAddress? address, CancellationToken cancellationToken)
    {
        string[] keys = [$"account {(name.Length <= 64 ? name : "")}", $"address {address}"];
        if (keys.Select(WaitFor).Max() is var wait && wait > TimeSpan.Zero)
        {
            throw new TooManyAttemptsException(wait);
        }

        var account = accounts.Find(name) is { } found && found.IsMachine == machine ? found : null;
        var good = await MatchesAsync(account?.Hash ?? (machine ? noMachine : nobody).Value, password, cancellationToken) && account is not null;
        Record(keys, good);
        if (!good)
        {
            logger.SignInFailed(address?.ToString() ?? "");
        }

        return good ? account : null;
    }

    private async Task<bool> MatchesAsync(PasswordHash hash, string password, CancellationToken cancellationToken)
    {
        await hashing.WaitAsync(cancellationToken);
        try
        {
            return hash.Matches(password);
        }
        finally
        {
            hashing.Release();
        }
    }

    private TimeSpan WaitFor(string key)
    {
        lock (gate)
        {
            if (!failed.TryGetValue(key, out var entry) || entry.Failures < FreeFailures)
            {
                return TimeSpan.Zero;
            }

            var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(entry.Failures - FreeFailures, 10)));
            return entry.Last + (wait < LongestWait ? wait : LongestWait) - time.GetUtcNow();
        }
    }

    private void Record(string[] keys, bool good)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var key in keys)
            {
                if (good)
                {
                    failed.Remove(keys[0]);
                }
                else
                {
                    failed[key] = (failed.TryGetValue(key, out var entry) && now - entry.Last < Memory ? entry.Failures + 1 : 1, now);
                }
            }

            if (failed.Count > MaximumTracked)
            {
                foreach (var old in failed.Where(f => now - f.Value.Last > Memory).Select(f => f.Key).ToArray())
                {
                    failed.Remove(old);
                }
            }
        }
    }

    public void Dispose() => hashing.Dispose();
}

namespace Aixv.Authority.Identity;

/// <summary>The accounts that a fresh data folder gets. This is the only moment at which their secrets are known: show them once, store nothing.</summary>
public sealed record InitialAccounts(string UserName, string UserEmail, string UserPassword, string MachineName, string MachineSecret)
{
    /// <summary>Says nothing, so that the secrets do not end in a log.</summary>
    public override string ToString() => nameof(InitialAccounts);
}

using Aixv.Authority.Issuance;
using Aixv.Authority.Keys;
using Aixv.Authority.RekorLog;

namespace Aixv.Authority.Hosting;

/// <summary>Replaces the keys of services while the Authority is stopped. The next start publishes the new trust material.</summary>
/// <remarks>
/// What the old keys signed stays good: their public halves stay in the trusted root, with the end of their validity. The old private keys
/// are deleted. A new key of a log starts a new log; the old one is read under <c>/shards/N</c> or <c>/ct/shards/N</c> and takes no entries.
/// </remarks>
public static class KeyRotation
{
    /// <summary>Rotates these services.</summary>
    /// <param name="options">Data folder, clock, operator; the URL is needed only to give the logs another host name.</param>
    /// <param name="services">Which ones.</param>
    /// <param name="cancellationToken">Stops between two services.</param>
    /// <exception cref="IOException">The folder is in use, damaged, or no Authority's.</exception>
    public static async Task RotateAsync(AuthorityOptions options, IEnumerable<ServiceRole> services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        if (!File.Exists(Path.Combine(options.DataFolder, "services.json")))
        {
            throw new DirectoryNotFoundException($"{options.DataFolder} is not the data folder of an Authority: there is no services.json");
        }

        var state = AuthorityState.Open(options);
        using var data = state.Data;
        foreach (var role in services.Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RotateAsync(state, role, cancellationToken);
        }
    }

    private static async Task RotateAsync(AuthorityState state, ServiceRole role, CancellationToken cancellationToken)
    {
        var old = state.Register.Current(role);
        if (old is not null)
        {
            await SettleAsync(state, old, cancellationToken);
        }

        state.Add(role);

        // The old root key is still needed: it signs the next root. The start that publishes it deletes the key.
        if (old is not null && role != ServiceRole.Tuf)
        {
            state.Keys.Delete(old.KeyName);
        }
    }

    /// <summary>Opens an old log once more with its key: if the process before was killed, this publishes its last checkpoint.</summary>
    private static async Task SettleAsync(AuthorityState state, ServiceGeneration old, CancellationToken cancellationToken)
    {
        switch (old.Role)
        {
            case ServiceRole.Rekor:
                await (await RekorTree.OpenAsync(old, state.Data, state.Keys, state.Options.Time, cancellationToken)).DisposeAsync();
                break;
            case ServiceRole.CtLog:
                await (await CtLog.OpenAsync(old, state.Data, state.Keys, state.Options.Time, cancellationToken)).DisposeAsync();
                break;
            case ServiceRole.Oidc or ServiceRole.CertificateAuthority or ServiceRole.TimestampAuthority or ServiceRole.Tuf:
                break;
        }
    }
}

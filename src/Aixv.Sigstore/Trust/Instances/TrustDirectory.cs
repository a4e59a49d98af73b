namespace Aixv.Sigstore.Trust.Instances;

/// <summary>Where trust material is kept on this machine.</summary>
public static class TrustDirectory
{
    /// <summary><c>$AIXV_HOME/trust</c>, else <c>$XDG_DATA_HOME/aixv/trust</c>, else <c>aixv/trust</c> in the user's local data folder.</summary>
    /// <exception cref="IOException">The user has no such folder.</exception>
    public static string Default() => Resolve(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    internal static string Resolve(Func<string, string?> variable, string localData)
    {
        var home = variable("AIXV_HOME") is { Length: > 0 } own ? own

            // The XDG base directory specification has relative paths ignored.
            : variable("XDG_DATA_HOME") is { Length: > 0 } data && Path.IsPathRooted(data) ? Path.Combine(data, "aixv")
            : localData.Length > 0 ? Path.Combine(localData, "aixv")
            : throw new IOException("no folder for trust material: this user has no home; set AIXV_HOME");
        return Path.Combine(Path.GetFullPath(home), "trust");
    }
}

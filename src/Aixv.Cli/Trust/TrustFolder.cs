using Aixv.Sigstore.Trust.Instances;

namespace Aixv.Cli.Trust;

/// <summary>The instances of this user, as the command's surroundings name them.</summary>
internal static class TrustFolder
{
    /// <summary>AIXV_HOME decides where they are kept.</summary>
    public static InstanceStore Open(App app) => new(
        app.Setting("AIXV_HOME") is { } home ? Path.Combine(app.Resolve(home), "trust") : TrustDirectory.Default(),
        app.Time);
}

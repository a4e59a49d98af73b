namespace Aixv.Track.Hosting;

/// <summary>Who may use a route; also its endpoint metadata, so that a test can walk all of them.</summary>
/// <param name="Scope">The scope that is needed; null for routes that are open to all.</param>
/// <param name="MaximumBody">The longest body that is read, in bytes.</param>
/// <param name="KeepsAnswers">Whether answers may be kept to be repeated; not where they hold a secret that is shown once.</param>
internal sealed record RouteAccess(string? Scope, int MaximumBody = ApiCall.DefaultMaximumBody, bool KeepsAnswers = true)
{
    /// <summary>Whether a call may write entries, which are counted.</summary>
    public bool Writes => Scope?.EndsWith(":write", StringComparison.Ordinal) == true;
}

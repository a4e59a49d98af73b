namespace Aixv.Track.Artifacts;

/// <summary>Where a model is on its hub, as a statement about it says. Only https, so that a link can be shown.</summary>
internal static class HubAddress
{
    private const int Maximum = 512;

    public static string? Of(ArtifactFinding artifact) => artifact.Attestations
        .SelectMany(a => a.Content.Subjects).Where(s => s.Digest == artifact.Digest)
        .Select(s => Of(s.Uri)).FirstOrDefault(a => a is not null);

    /// <summary>The page that <c>https://…</c> names; null for another scheme.</summary>
    public static string? Of(string? uri) =>
        uri is { Length: <= Maximum } && Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0
            ? address.AbsoluteUri
            : null;
}

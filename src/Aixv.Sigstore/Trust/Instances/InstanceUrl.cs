namespace Aixv.Sigstore.Trust.Instances;

/// <summary>The URL of an instance's TUF repository.</summary>
internal static class InstanceUrl
{
    /// <exception cref="FormatException">Not an absolute http or https URL, or one with more than host, port and path.</exception>
    internal static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? url
            : throw new FormatException($"URL '{text}': an http or https URL without user, query or fragment was expected");
}

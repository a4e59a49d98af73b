namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>Where a feed, a record or a bundle is: a local file, or an https address.</summary>
public sealed record FeedReference
{
    private FeedReference(string? path, Uri? address)
    {
        Path = path;
        Address = address;
    }

    /// <summary>The file, or null.</summary>
    public string? Path { get; }

    /// <summary>The https address, or null.</summary>
    public Uri? Address { get; }

    /// <exception cref="FormatException">An address that is not https.</exception>
    public static FeedReference Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return new FeedReference(text, null);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw new FormatException($"'{Schemas.Shape.Shorten(text)}' is neither a path nor an address");
        }

        if (uri.IsFile && uri.Host.Length == 0)
        {
            return new FeedReference(uri.LocalPath, null);
        }

        return uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0
            ? new FeedReference(null, uri)
            : throw new FormatException("insecure remote reference: only https:// is allowed");
    }

    /// <summary>A reference as it stands in this document. What came over the network never leads to a local file.</summary>
    /// <exception cref="FormatException">An address that is not https, or a local file from a remote document.</exception>
    public FeedReference Resolve(string text)
    {
        if (Address is { } address)
        {
            var target = text.Contains("://", StringComparison.Ordinal) ? Parse(text) : new FeedReference(null, new Uri(address, text));
            return target.Address is { Scheme: "https" } ? target : throw new FormatException("a remote feed must not refer to a local file");
        }

        var reference = Parse(text);
        return reference.Path is { } path
            ? new FeedReference(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path!))!, path), null)
            : reference;
    }

    /// <summary>Where the bundle of a signed file stands: <c>.sigstore.json</c> after its name.</summary>
    public FeedReference Signature() => Address is { } address
        ? new FeedReference(null, new UriBuilder(address) { Path = $"{address.AbsolutePath}.sigstore.json" }.Uri)
        : new FeedReference($"{Path}.sigstore.json", null);

    public override string ToString() => Path ?? Address!.AbsoluteUri;
}

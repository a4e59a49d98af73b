using System.Diagnostics.CodeAnalysis;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Registries;

/// <summary>An artifact in an OCI registry: <c>host[:port]/name[:tag][@digest]</c>, with or without <c>oci://</c>.</summary>
/// <param name="Registry">The registry's address.</param>
/// <param name="Name">The repository's name.</param>
/// <param name="Tag">Null where only a digest is named.</param>
/// <param name="Digest">Null where only a tag is named.</param>
internal sealed record OciReference(Uri Registry, string Name, string? Tag, Digest? Digest)
{
    public const string Scheme = "oci://";
    private const int MaximumName = 255;
    private const int MaximumTag = 128;

    /// <exception cref="CommandFailure">Not such a reference.</exception>
    public static OciReference Parse(string text) => TryParse(text, out var reference) ? reference
        : throw new CommandFailure($"'{text}' is no artifact of an OCI registry: host/name:tag or host/name@sha256:… is expected, over https or on this machine", ExitCode.Usage);

    public static bool TryParse(string text, [NotNullWhen(true)] out OciReference? reference)
    {
        reference = null;
        var rest = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return false;
        }

        var (host, path) = (rest[..slash], rest[(slash + 1)..]);
        Digest? digest = null;
        if (path.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            if (!Sigstore.Artifacts.Digest.TryParse(path[(at + 1)..], out digest) || !path[(at + 1)..].StartsWith("sha256:", StringComparison.Ordinal))
            {
                return false;
            }

            path = path[..at];
        }

        var colon = path.LastIndexOf(':');
        var (name, tag) = colon >= 0 ? (path[..colon], path[(colon + 1)..]) : (path, digest is null ? "latest" : null);
        if (!IsName(name) || (tag is not null && !IsTag(tag)) || AddressOf(host) is not { } registry)
        {
            return false;
        }

        reference = new OciReference(registry, name, tag, digest);
        return true;
    }

    /// <summary>This machine speaks http, as its registries do; everybody else https.</summary>
    private static Uri? AddressOf(string host)
    {
        if (!host.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-' or ':' or '[' or ']') || !Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var secure))
        {
            return null;
        }

        var local = new Uri($"http://{host}/");
        return PublishedPlaces.IsSafe(local) ? local : secure;
    }

    /// <summary>Distribution spec, "Pulling manifests": parts of lower-case letters and digits, with single separators.</summary>
    private static bool IsName(string name) => name.Length is > 0 and <= MaximumName && name.Split('/').All(part =>
        part.Length > 0 && char.IsAsciiLetterOrDigit(part[0]) && char.IsAsciiLetterOrDigit(part[^1]) && part.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit is '.' or '_' or '-'));

    private static bool IsTag(string tag) => tag.Length is > 0 and <= MaximumTag && tag[0] is not ('.' or '-') && tag.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '_' or '-');

    public Uri Api(string rest) => new(Registry, $"v2/{Name}/{rest}");

    public override string ToString() => $"{Registry.Authority}/{Name}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";
}

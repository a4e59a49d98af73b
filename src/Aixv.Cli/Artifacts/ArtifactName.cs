using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Artifacts;

/// <summary>An artifact as the user names it: a path, or a digest where no such path exists.</summary>
/// <param name="Text">As written.</param>
/// <param name="Digest">The digest that was written; null for a path.</param>
internal sealed record ArtifactName(string Text, Digest? Digest)
{
    /// <exception cref="CommandFailure">There is no such file, and it is no digest.</exception>
    public static ArtifactName Parse(App app, string text)
    {
        if (Path.Exists(app.Resolve(text)))
        {
            return new ArtifactName(text, null);
        }

        return text.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase)
            ? new ArtifactName(text, Sigstore.Artifacts.Digest.Parse(text))
            : throw new CommandFailure($"artifact not found: {text}");
    }

    /// <summary>The digest that was written, or that of the file; also of 64 bare hex digits where no such path exists.</summary>
    /// <exception cref="CommandFailure">There is no such file, and it is no digest.</exception>
    public static Digest ReadDigest(App app, string text, CancellationToken cancellationToken)
    {
        if (!Path.Exists(app.Resolve(text)) && Sigstore.Artifacts.Digest.TryParse(text, out var bare))
        {
            return bare;
        }

        return Parse(app, text).Digest ?? ArtifactFile.Digest(app, text, new FileDigesterOptions(), cancellationToken).Sha256;
    }
}

using Aixv.Cli.Publishing.Bundles;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>A bundle that was found; nothing of it is verified.</summary>
/// <param name="Path">Where it lies from the model's folder; empty where it has no name of its own.</param>
/// <param name="Origin">Where it was found, for people.</param>
internal sealed record RemoteBundle(string Path, byte[] Bytes, Bundle Content, string Origin)
{
    private const string Suffix = ".sigstore.json";
    private readonly IReadOnlyList<Digest> subjects = BundleSubjects.Of(Content);

    /// <summary>Null for what is no bundle.</summary>
    public static RemoteBundle? TryRead(string path, byte[] bytes, string origin)
    {
        try
        {
            return new RemoteBundle(path, bytes, Bundle.Parse(bytes), origin);
        }
        catch (BundleFormatException)
        {
            return null;
        }
    }

    public static bool HasName(string path) => path.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Whether it may be about a file: it names its digest, or its own name says so.</summary>
    public bool MayBeAbout(string file, Digest? digest) => (digest is not null && subjects.Contains(digest)) || IsBeside(file);

    private bool IsBeside(string file)
    {
        var stem = file.LastIndexOf('.') is > 0 and var dot && dot > file.LastIndexOf('/') ? file[..dot] : file;
        return HasName(Path) && (Path == $"{file}{Suffix}" || (Path.StartsWith($"{stem}.", StringComparison.Ordinal) && Path.LastIndexOf('/') == file.LastIndexOf('/')));
    }
}

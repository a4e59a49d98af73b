using System.Text;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Track.Attestations;

/// <summary>Untrusted text as a term of the index: what is too long for one is known by its hash.</summary>
internal static class Bounded
{
    private const int Maximum = 512;

    public static string Text(string text) =>
        Encoding.UTF8.GetByteCount(text) <= Maximum ? text : Digest.Of(Encoding.UTF8.GetBytes(text)).ToString();
}

using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>Which artifact a bill of materials is about.</summary>
internal static class BillSubject
{
    /// <summary>The digest that the evidence is filed under.</summary>
    /// <param name="stated">The SHA-256 digest of what the bill calls its subject; null where it gives none.</param>
    /// <param name="wanted">What the caller says it is about; null takes the bill's word.</param>
    /// <param name="name">The subject, for the message.</param>
    /// <exception cref="FormatException">The bill is about something else, or does not say by digest what about.</exception>
    public static Digest Of(Digest? stated, Digest? wanted, string name, List<string> notes)
    {
        if (wanted is not null && stated is not null && wanted != stated)
        {
            throw new FormatException($"the bill is about {stated} ({Shorten(name)}), not about {wanted}");
        }

        if (stated is null && wanted is not null)
        {
            notes.Add($"The bill gives no SHA-256 digest of '{Shorten(name)}'; that it is about {wanted} is your word.");
        }

        return wanted ?? stated ?? throw new FormatException($"the bill names '{Shorten(name)}' without a SHA-256 digest: say which artifact it is about (--artifact FILE|DIGEST)");
    }

    public static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    /// <summary>The digest in bare hex of either case; null for anything else.</summary>
    public static Digest? DigestOrNull(string? hex) =>
        hex is not null && Digest.TryParse($"sha256:{hex.Trim().ToLowerInvariant()}", null, out var digest) ? digest : null;
}

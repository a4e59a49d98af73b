using Aixv.Track.Attestations;

namespace Aixv.Track.Artifacts;

/// <summary>The command to paste that verifies an artifact with its newest bundle. What people wrote is quoted for a shell, or left out.</summary>
internal static class VerifyCommand
{
    private const string File = "FILE";
    private const int MaximumName = 128;

    /// <summary>Null where nothing is signed, or by a name that nobody should paste.</summary>
    /// <param name="url">The base URL of this server.</param>
    public static string? Of(ArtifactFinding artifact, string url)
    {
        var (stored, signed) = artifact.Attestations.FirstOrDefault(a => a.Stored.Status == AttestationStatus.Active);
        if (stored is null || !IsPlain(signed.Signer) || (signed.Issuer is not null && !IsPlain(signed.Issuer)) || signed.Issuer is null)
        {
            return null;
        }

        var name = NameOf(artifact.Name);
        return $"curl -sSfo {name}.sigstore.json {Quote($"{url}/v1/attestations/{signed.Id}/bundle")} && "
            + $"aixv verify {name} --bundle {name}.sigstore.json --identity {Quote(signed.Signer)} --issuer {Quote(signed.Issuer)}";
    }

    /// <summary>A file's name as a shell takes it without quotes, else a word to be replaced.</summary>
    private static string NameOf(string? name) =>
        name is { Length: > 0 and <= MaximumName } && name[0] is not '-' and not '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? name : File;

    /// <summary>Nothing in it moves a cursor, ends a line or reorders what is shown.</summary>
    private static bool IsPlain(string text) => text.Length is > 0 and <= 1024 && text.All(c => c is > ' ' and <= '~' or ' ');

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

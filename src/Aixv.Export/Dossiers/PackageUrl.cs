namespace Aixv.Export.Dossiers;

/// <summary>Package URLs (ECMA-427) of models and datasets on hubs.</summary>
public static class PackageUrl
{
    /// <summary><c>pkg:huggingface/org/name@revision</c> of <c>hf://org/name@revision</c> and of a hub's page; null for another URI.</summary>
    /// <param name="uri">Untrusted text.</param>
    /// <param name="version">Taken where the URI has no revision.</param>
    public static string? Of(string? uri, string? version)
    {
        var path = uri switch
        {
            null => null,
            _ when uri.StartsWith("hf://", StringComparison.Ordinal) => uri["hf://".Length..],
            _ when uri.StartsWith("https://huggingface.co/", StringComparison.OrdinalIgnoreCase) => uri["https://huggingface.co/".Length..],
            _ when uri.StartsWith("pkg:", StringComparison.Ordinal) && Uris.IsAbsolute(uri) => uri,
            _ => null,
        };
        if (path is null || path.StartsWith("pkg:", StringComparison.Ordinal))
        {
            return path;
        }

        if (path.StartsWith("datasets/", StringComparison.Ordinal) || path.StartsWith("spaces/", StringComparison.Ordinal))
        {
            // The type knows models only.
            return null;
        }

        var (name, revision) = Split(path);
        return name.Split('/') is [{ Length: > 0 } org, { Length: > 0 } model]
            ? $"pkg:huggingface/{Uri.EscapeDataString(org)}/{Uri.EscapeDataString(model)}{At(revision ?? version)}"
            : null;
    }

    private static string At(string? version) => version is { Length: > 0 } ? $"@{Uri.EscapeDataString(version)}" : "";

    private static (string Name, string? Revision) Split(string path)
    {
        foreach (var mark in (string[])["/tree/", "/resolve/", "/blob/"])
        {
            if (path.IndexOf(mark, StringComparison.Ordinal) is > 0 and var at)
            {
                var rest = path[(at + mark.Length)..];
                return (path[..at], rest.Split('/')[0]);
            }
        }

        return path.Split('@', 2) is [var name, var revision] ? (name, revision) : (path.TrimEnd('/'), null);
    }
}

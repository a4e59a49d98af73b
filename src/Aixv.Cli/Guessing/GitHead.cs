namespace Aixv.Cli.Guessing;

/// <summary>The checked-out commit of a repository, read from its files; no program is run, for a repository can name programs.</summary>
/// <param name="Commit">40 or 64 hex digits.</param>
/// <param name="Remote">The address of <c>origin</c> without secrets, or null.</param>
internal sealed record GitHead(string Commit, string? Remote)
{
    private const int MaximumFile = 16 * 1024 * 1024;

    /// <summary>Looks in a folder and those above it; null where there is no repository, or one without a commit.</summary>
    public static GitHead? Find(string folder)
    {
        for (var place = folder; place is not null; place = Path.GetDirectoryName(place))
        {
            var git = Path.Combine(place, ".git");
            if (System.IO.Directory.Exists(git))
            {
                return ReadCommit(git) is { } commit ? new GitHead(commit, ReadRemote(git)) : null;
            }
        }

        return null;
    }

    private static string? ReadCommit(string git)
    {
        if (Read(git, "HEAD")?.Trim() is not { } head)
        {
            return null;
        }

        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
        {
            return AsCommit(head);
        }

        var name = head["ref: ".Length..];
        return name.Split('/').Any(part => part is "" or "." or "..")
            ? null
            : AsCommit(Read(git, name)?.Trim())
                ?? AsCommit(Read(git, "packed-refs")?.Split('\n').Select(line => line.Split(' ')).FirstOrDefault(parts => parts is [_, var packed] && packed.Trim() == name)?[0]);
    }

    private static string? AsCommit(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower) ? text : null;

    private static string? ReadRemote(string git)
    {
        var lines = Read(git, "config")?.Split('\n').Select(line => line.Trim()) ?? [];
        var url = lines.SkipWhile(line => line != "[remote \"origin\"]").Skip(1).TakeWhile(line => !line.StartsWith('['))
            .Select(line => line.Split('=', 2)).FirstOrDefault(pair => pair is [var key, _] && key.Trim() == "url")?[1].Trim();
        return url is null ? null : WithoutSecrets(url);
    }

    /// <summary>Addresses may hold a user's token; a path of this machine names nothing to others.</summary>
    private static string? WithoutSecrets(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && !uri.IsFile)
        {
            return new UriBuilder(uri) { UserName = "", Password = "", Query = "", Fragment = "" }.Uri.AbsoluteUri;
        }

        return url.Split(':', 2) is [var host, var path] && host.Contains('@', StringComparison.Ordinal) ? $"ssh://{host[(host.IndexOf('@', StringComparison.Ordinal) + 1)..]}/{path}" : null;
    }

    private static string? Read(string git, string name)
    {
        var file = new FileInfo(Path.Combine(git, name));
        return file is { Exists: true, Length: <= MaximumFile } ? File.ReadAllText(file.FullName) : null;
    }
}

using System.Net.Http.Headers;

namespace Aixv.Cli.Publishing.Hubs;

/// <summary>The user's token for the hub: HF_TOKEN, or where the hub's own tools keep it.</summary>
internal static class HubToken
{
    private const int MaximumBytes = 4096;

    /// <summary>Null where there is none.</summary>
    public static AuthenticationHeaderValue? Find(App app)
    {
        var token = app.Setting("HF_TOKEN") ?? Read(FileOf(app));
        if (token is null)
        {
            return null;
        }

        token = token.Trim();
        return token.Length > 0 && token.All(unit => unit is > ' ' and <= '~')
            ? new AuthenticationHeaderValue("Bearer", token)
            : throw new CommandFailure("the hub's token (HF_TOKEN, or its file) is no token: it holds blanks or other characters");
    }

    private static string? FileOf(App app) =>
        app.Setting("HF_TOKEN_PATH") is { } path ? app.Resolve(path)
        : app.Setting("HF_HOME") is { } home ? Path.Combine(app.Resolve(home), "token")
        : app.Setting("XDG_CACHE_HOME") is { } cache ? Path.Combine(cache, "huggingface", "token")
        : app.Setting("HOME") is { } user ? Path.Combine(user, ".cache", "huggingface", "token")
        : null;

    private static string? Read(string? path)
    {
        var file = path is null ? null : new FileInfo(path);
        return file is { Exists: true, Length: > 0 and <= MaximumBytes } && File.ReadAllText(file.FullName).Trim() is { Length: > 0 } text ? text : null;
    }
}

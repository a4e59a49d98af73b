using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Publishing.Registries;

/// <summary>The user's name and password at an OCI registry: from the environment, or where <c>docker login</c> keeps them. No credential helper is run.</summary>
internal static class OciCredentials
{
    private const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>Null where there are none: public artifacts can be read.</summary>
    public static AuthenticationHeaderValue? Find(App app, Uri registry)
    {
        if (app.Setting("AIXV_OCI_USERNAME") is { } user && app.Setting("AIXV_OCI_PASSWORD") is { } password)
        {
            return Basic($"{user}:{password}");
        }

        var folder = app.Setting("DOCKER_CONFIG") ?? (app.Setting("HOME") is { } home ? Path.Combine(home, ".docker") : null);
        var file = folder is null ? null : new FileInfo(Path.Combine(folder, "config.json"));
        if (file is not { Exists: true, Length: <= MaximumBytes })
        {
            return null;
        }

        var known = SortedJson.ParseObject(File.ReadAllBytes(file.FullName), file.FullName, MaximumBytes)["auths"] as JsonObject;
        foreach (var name in (string[])[registry.Authority, $"https://{registry.Authority}", $"https://{registry.Authority}/v1/", $"https://{registry.Authority}/v2/"])
        {
            if ((known?[name] as JsonObject)?["auth"] is JsonValue value && value.TryGetValue<string>(out var auth) && auth.Length > 0)
            {
                return Decode(auth, file.FullName);
            }
        }

        return null;
    }

    private static AuthenticationHeaderValue Decode(string auth, string file)
    {
        var decoded = new byte[auth.Length];
        return Convert.TryFromBase64String(auth, decoded, out var length) && decoded.AsSpan(0, length).Contains((byte)':')
            ? new AuthenticationHeaderValue("Basic", auth)
            : throw new CommandFailure($"{file}: an auth is not the base64 of name:password");
    }

    private static AuthenticationHeaderValue Basic(string pair) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
}

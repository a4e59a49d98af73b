using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Trust.Instances;

/// <summary>The added instances on disk: a folder each, with its URL and its first root.</summary>
internal sealed class InstanceFiles(string directory)
{
    private const string Description = "instance.json";
    private const string InitialRoot = "initial-root.json";
    private const int MaximumDescription = 16 * 1024;

    internal string Folder(string name) => Path.Combine(directory, name);

    internal IEnumerable<string> Names() => !Directory.Exists(directory) ? [] :
        Directory.EnumerateDirectories(directory)
            .Where(folder => File.Exists(Path.Combine(folder, Description)))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => !name.StartsWith('.'));

    internal Instance? Find(string name)
    {
        var files = new TufCache(Folder(name));
        if (files.Read(Description, MaximumDescription) is not { } description)
        {
            return null;
        }

        if (files.Read(InitialRoot, TufLimits.Root) is { } root && ReadUrl(description) is { } url)
        {
            return new(name, url, root, Embedded: null);
        }

        throw new TrustInstanceException($"instance '{name}': its folder {Folder(name)} is damaged; run 'aixv trust remove {name}' and add it again");
    }

    private static Uri? ReadUrl(byte[] description)
    {
        try
        {
            var json = TufJson.Parse(description, Description);
            return Uri.TryCreate(TufJson.Text(json, "url", Description), UriKind.Absolute, out var url) ? url : null;
        }
        catch (TufException)
        {
            return null;
        }
    }

    /// <summary>The folder appears with all its files, or not at all.</summary>
    internal void Add(Instance instance)
    {
        var temporary = Path.Combine(directory, $".adding-{Guid.NewGuid():N}");
        try
        {
            var files = new TufCache(temporary);
            files.Write(InitialRoot, instance.InitialRoot.Span);
            files.Write(Description, JsonSerializer.SerializeToUtf8Bytes(
                new JsonObject { ["url"] = instance.Url.AbsoluteUri }, TufJsonContext.Default.JsonObject));
            if (Directory.Exists(Folder(instance.Name)))
            {
                throw new TrustInstanceException(
                    $"instance '{instance.Name}': is there already; run 'aixv trust remove {instance.Name}' first");
            }

            Directory.Move(temporary, Folder(instance.Name));
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    /// <summary>False where there is none of that name.</summary>
    internal bool Remove(string name)
    {
        if (!File.Exists(Path.Combine(Folder(name), Description)))
        {
            return false;
        }

        var doomed = Path.Combine(directory, $".removing-{Guid.NewGuid():N}");
        Directory.Move(Folder(name), doomed);
        Directory.Delete(doomed, recursive: true);
        return true;
    }
}

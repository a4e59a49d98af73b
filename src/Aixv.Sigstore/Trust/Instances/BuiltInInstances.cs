namespace Aixv.Sigstore.Trust.Instances;

/// <summary>The instances that need no <c>aixv trust add</c>. Origin of the files: <c>Embedded/ORIGIN.md</c>.</summary>
internal static class BuiltInInstances
{
    internal const string Public = "public";
    internal const string Staging = "staging";

    internal static IReadOnlyList<string> Names { get; } = [Public, Staging];

    internal static Instance? Find(string name) => name switch
    {
        Public => Load(Public, "https://tuf-repo-cdn.sigstore.dev", new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero)),
        Staging => Load(Staging, "https://tuf-repo-cdn.sigstage.dev", new(2026, 8, 19, 0, 0, 0, TimeSpan.Zero)),
        _ => null,
    };

    private static Instance Load(string name, string url, DateTimeOffset date) =>
        new(name, new Uri(url), Resource($"{name}.root.json"), new(Resource($"{name}.trusted_root.json"), date));

    private static byte[] Resource(string file)
    {
        using var stream = typeof(BuiltInInstances).Assembly.GetManifestResourceStream($"Trust.Instances.{file}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

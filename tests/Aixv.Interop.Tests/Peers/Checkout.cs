namespace Aixv.Interop.Tests.Peers;

/// <summary>The folder these tests were built from.</summary>
internal static class Checkout
{
    internal static string Folder { get; } = Find();

    internal static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "aixv.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"aixv.slnx is in no parent of {AppContext.BaseDirectory}");
    }
}

using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Offline;

/// <summary>A network namespace with nothing in it, not even a loopback interface that is up.</summary>
internal static class Isolation
{
    private static readonly Lazy<string[]?> Found = new(() =>
        Tool.Succeeds("unshare", "-n", "true") ? ["unshare", "-n"] : Tool.Succeeds("unshare", "-rn", "true") ? ["unshare", "-rn"] : null);

    /// <summary>The words before a command that put it there; ends the test as skipped where the kernel or the container does not allow it.</summary>
    internal static string[] Require()
    {
        Assert.SkipUnless(Found.Value is not null, "network namespaces cannot be made here (unshare -n and unshare -rn both fail)");
        return Found.Value!;
    }
}

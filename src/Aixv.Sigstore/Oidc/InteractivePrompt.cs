using System.ComponentModel;
using System.Diagnostics;

namespace Aixv.Sigstore.Oidc;

/// <summary>How a flow reaches the person.</summary>
/// <param name="Show">Shows a line of text, on standard error in a terminal.</param>
/// <param name="OpenBrowser">Opens a URL and says whether that may have worked; null does not try.</param>
public sealed record InteractivePrompt(Action<string> Show, Func<Uri, bool>? OpenBrowser = null)
{
    /// <summary>Opens <paramref name="url"/> in the person's browser.</summary>
    public static bool OpenSystemBrowser(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            using var process = OperatingSystem.IsWindows() ? Process.Start(new ProcessStartInfo(url.AbsoluteUri) { UseShellExecute = true })
                : Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open")
                {
                    ArgumentList = { url.AbsoluteUri },
                });
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }
}

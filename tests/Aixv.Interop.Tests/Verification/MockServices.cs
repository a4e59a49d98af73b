using System.Text;
using System.Text.Json;
using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Verification;

/// <summary>What <c>@sigstore/sign</c> made against the services of <c>@sigstore/mock</c>.</summary>
public sealed class MockServices : IAsyncLifetime
{
    private JsonElement made;

    public async ValueTask InitializeAsync()
    {
        if (NodeScript.Missing is null)
        {
            made = await NodeScript.RunAsync("sigstore-mock.mjs", TestContext.Current.CancellationToken);
        }
    }

    internal byte[] Artifact => made.GetProperty("artifact").GetBytesFromBase64();

    internal string Identity => made.GetProperty("identity").GetString()!;

    internal string Issuer => made.GetProperty("issuer").GetString()!;

    internal byte[] TrustedRoot => Encoding.UTF8.GetBytes(made.GetProperty("trustedRoot").GetRawText());

    internal byte[] Bundle(string entry, string version) =>
        Encoding.UTF8.GetBytes(made.GetProperty("bundles").GetProperty($"{entry}, {version}").GetRawText());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

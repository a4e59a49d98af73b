using System.Text;
using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Authority.Keys;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Interop.Tests.Authorities;

/// <summary>An Authority on a free port, for the tests of one class.</summary>
public sealed class RunningAuthority : IAsyncLifetime
{
    private AuthorityServer? server;

    internal AuthorityServer Server => server!;

    /// <summary>A folder that goes with the fixture.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("aixv-interop-").FullName;

    /// <summary>The base URL, without a slash at its end; also the token issuer.</summary>
    internal string Url => Server.Url.ToString().TrimEnd('/');

    internal string Identity => $"{Url}/machines/machine";

    internal byte[] Artifact { get; } = Encoding.UTF8.GetBytes("the weights of a model");

    /// <summary>An in-toto statement about <see cref="Artifact"/>.</summary>
    internal string Statement => new JsonObject
    {
        ["_type"] = "https://in-toto.io/Statement/v1",
        ["subject"] = new JsonArray(new JsonObject { ["name"] = "model", ["digest"] = new JsonObject { ["sha256"] = Digest.Of(Artifact).Hex } }),
        ["predicateType"] = "https://example.org/predicate/v1",
        ["predicate"] = new JsonObject(),
    }.ToJsonString();

    internal VerificationPolicy Policy => new()
    {
        Signer = SignerPolicy.Certificate([TextPattern.Exact(Identity)], [TextPattern.Exact(Url)]),
    };

    internal VerificationResult Verify(byte[] bundle, byte[] artifact) =>
        new Verifier(TrustedRoot.Parse(Server.TrustedRoot)).Verify(bundle, ArtifactDigests.Of(artifact), Policy);

    /// <summary>A bundle of our own signer: of <see cref="Artifact"/>, or of <see cref="Statement"/>.</summary>
    internal async Task<byte[]> SignAsync(bool attest, CancellationToken cancellationToken)
    {
        using var http = ServiceTransport.CreateHttpClient();
        var services = SigningServices.Select(SigningConfig.Parse(Server.SigningConfig), TimeProvider.System.GetUtcNow());
        var token = IdentityToken.Parse(Server.IssueToken("machine"));
        var transport = new ServiceTransport(http, TimeProvider.System, RetryPolicy.Default);
        var signer = new KeylessBundleSigner(services, token, TrustedRoot.Parse(Server.TrustedRoot), transport, TimeProvider.System);
        var bundle = attest
            ? await signer.SignStatementAsync(Encoding.UTF8.GetBytes(Statement), ArtifactDigests.Of(Artifact), cancellationToken)
            : await signer.SignArtifactAsync(ArtifactDigests.Of(Artifact), cancellationToken);
        return bundle.ToJson();
    }

    /// <summary>The same by a managed key, which is in the log but has no certificate.</summary>
    internal async Task<byte[]> SignAsync(SigningKey key, CancellationToken cancellationToken)
    {
        using var http = ServiceTransport.CreateHttpClient();
        var services = SigningServices.Select(SigningConfig.Parse(Server.SigningConfig), TimeProvider.System.GetUtcNow());
        var transport = new ServiceTransport(http, TimeProvider.System, RetryPolicy.Default);
        var signer = new KeyBundleSigner(key, services, TrustedRoot.Parse(Server.TrustedRoot), transport);
        return (await signer.SignArtifactAsync(ArtifactDigests.Of(Artifact), cancellationToken)).ToJson();
    }

    /// <summary>Writes a file into <see cref="Folder"/>.</summary>
    internal string Save(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Stops, replaces every key, and starts again at the same address.</summary>
    internal async Task RotateAsync(CancellationToken cancellationToken)
    {
        var options = Options with { Port = Server.Url.Port };
        await Server.DisposeAsync();
        await KeyRotation.RotateAsync(options, Enum.GetValues<ServiceRole>(), cancellationToken);

        // Timestamps count whole seconds, and the new keys are valid from now.
        await Task.Delay(TimeSpan.FromSeconds(1.1), cancellationToken);
        server = await AuthorityServer.StartAsync(options, cancellationToken);
    }

    private AuthorityOptions Options => new() { DataFolder = Path.Combine(Folder, "data"), Port = 0 };

    public async ValueTask InitializeAsync() => server = await AuthorityServer.StartAsync(Options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}

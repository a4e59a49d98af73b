using Aixv.Authority.Hosting;
using Aixv.Authority.Identity;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;

namespace Aixv.Web.Tests;

/// <summary>A private Sigstore for the tests of this assembly, with one account that signs.</summary>
internal sealed class Signing : IAsyncDisposable
{
    public const string Email = "release@example.org";

    private readonly string folder;
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly AuthorityServer server;

    private Signing(AuthorityServer server, string folder) => (this.server, this.folder) = (server, folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TrustedRoot Root => TrustedRoot.Parse(server.TrustedRoot);

    public static async Task<Signing> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aixv-web-sigstore-").FullName;
        var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = folder, Port = 0, RequestsPerSecond = 0 }, Cancel);
        Accounts.Open(folder).AddUser("release", Email);
        return new Signing(server, folder);
    }

    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> content) => (await Signer().SignArtifactAsync(ArtifactDigests.Of(content), Cancel)).ToJson();

    public async Task<byte[]> AttestAsync(byte[] statement) => (await Signer().SignStatementAsync(statement, cancellationToken: Cancel)).ToJson();

    private KeylessBundleSigner Signer()
    {
        var services = SigningServices.Select(SigningConfig.Parse(server.SigningConfig), TimeProvider.System.GetUtcNow());
        var token = IdentityToken.Parse(server.IssueToken("release"));
        return new KeylessBundleSigner(services, token, Root, new ServiceTransport(http, TimeProvider.System, RetryPolicy.Default), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

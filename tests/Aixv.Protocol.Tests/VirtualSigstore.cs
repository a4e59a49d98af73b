using System.Collections.Concurrent;
using Aixv.Authority.Hosting;
using Aixv.Authority.Identity;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Tests;

/// <summary>A private Sigstore for the tests of this assembly, with an account for every e-mail address that signs.</summary>
public sealed class VirtualSigstore : IAsyncLifetime
{
    public const string Release = "release@example.org";
    public const string Security = "security@example.org";
    public const string Stranger = "stranger@example.org";

    private readonly string folder = Directory.CreateTempSubdirectory("aixv-protocol-").FullName;
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly ConcurrentDictionary<string, string> accounts = [];
    private AuthorityServer? server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The clock of the services and of the signers.</summary>
    public AdjustableClock Clock { get; } = new();

    public string Issuer => server!.Url.ToString().TrimEnd('/');

    public TrustedRoot Root => TrustedRoot.Parse(server!.TrustedRoot);

    public Verifier Verifier => new(Root);

    public RecordVerifier Records => new(Verifier);

    public AttestationVerifier Attestations => new(Verifier);

    /// <summary>A signature over some bytes, as a bundle in JSON.</summary>
    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> content, string email) =>
        (await Signer(email).SignArtifactAsync(ArtifactDigests.Of(content), Cancel)).ToJson();

    public async Task<byte[]> AttestAsync(byte[] statement, string email) =>
        (await Signer(email).SignStatementAsync(statement, cancellationToken: Cancel)).ToJson();

    /// <summary>How <paramref name="email"/> signs records.</summary>
    public RecordSigning By(string email) => (content, _) => SignAsync(content, email);

    private KeylessBundleSigner Signer(string email)
    {
        var services = SigningServices.Select(SigningConfig.Parse(server!.SigningConfig), Clock.GetUtcNow());
        var token = IdentityToken.Parse(server.IssueToken(AccountOf(email)));
        return new KeylessBundleSigner(services, token, Root, new ServiceTransport(http, Clock, RetryPolicy.Default), Clock);
    }

    private string AccountOf(string email) => accounts.GetOrAdd(email, address => address.Split('@')[0]);

    public async ValueTask InitializeAsync()
    {
        server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = folder, Port = 0, RequestsPerSecond = 0, Time = Clock }, Cancel);
        foreach (var email in (string[])[Release, Security, Stranger])
        {
            Accounts.Open(folder).AddUser(AccountOf(email), email);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}

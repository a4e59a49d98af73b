using System.Security.Cryptography;
using Aixv.Authority.Hosting;
using Aixv.Bench.Measuring;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Keys;

namespace Aixv.Bench.Rows;

/// <summary>Keyless signatures from token to verified bundle: sixteen clients and an Authority in one process, over HTTP on the loopback interface.</summary>
/// <remarks>
/// The least that one signature takes, by either side: the certificate and the timestamp (P-384, signed; verified by the client),
/// the SCT, the proof of possession and the artifact (P-256, signed and verified), the entry (P-256, verified).
/// </remarks>
internal sealed class AuthorityRow : Row
{
    private const int Clients = 16;
    private const int Signatures = 25;
    private const int LimitCount = 100;

    internal override string Name => "authority";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var folder = Path.Combine(options.Scratch, "authority");
        try
        {
            await using var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = folder, Port = 0, RequestsPerSecond = 0 });
            using var http = ServiceTransport.CreateHttpClient();
            var time = TimeProvider.System;
            var services = SigningServices.Select(SigningConfig.Parse(server.SigningConfig), time.GetUtcNow());
            var root = TrustedRoot.Parse(server.TrustedRoot);
            var account = server.InitialAccounts!.MachineName;
            KeylessBundleSigner NewSigner() =>
                new(services, IdentityToken.Parse(server.IssueToken(account)), root, new ServiceTransport(http, time), time);
            var paired = Paired.Measure(options.Repeats, () => Sign(NewSigner), Limit);
            var (p384, p256) = (SigningRate(KeyAlgorithm.EcdsaP384), SigningRate(KeyAlgorithm.EcdsaP256));
            return
            [
                new Line(
                    $"Authority: keyless signatures end to end, {Clients} clients",
                    $"{paired.Ours:0} /s",
                    $"{paired.Yardstick:0} /s, all cores doing only the signatures and verifications of both sides (P-384 {p384:0}, P-256 {p256:#,0} signatures/s a core)",
                    paired.Ratio,
                    "state it",
                    null),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Signatures a second.</summary>
    private static double Sign(Func<KeylessBundleSigner> newSigner)
    {
        async Task ClientAsync()
        {
            var signer = newSigner();
            for (var i = 0; i < Signatures; i++)
            {
                await signer.SignArtifactAsync(ArtifactDigests.Of(RandomNumberGenerator.GetBytes(64)));
            }
        }

        return Clients * Signatures / CpuClock.Wall(() => Task.WaitAll([.. Enumerable.Range(0, Clients).Select(_ => Task.Run(ClientAsync))]));
    }

    /// <summary>The same number a second if both cores did nothing but the elliptic curves.</summary>
    private static double Limit()
    {
        var threads = Environment.ProcessorCount;
        return threads * LimitCount / CpuClock.Wall(() => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => SignAndVerify()));
    }

    private static void SignAndVerify()
    {
        using var authority = SigningKey.Generate(KeyAlgorithm.EcdsaP384);
        using var log = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        for (var i = 0; i < LimitCount; i++)
        {
            SignAndVerify(authority, 2);
            SignAndVerify(log, 1);
            using var client = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
            SignAndVerify(client, 2);
        }
    }

    private static void SignAndVerify(SigningKey key, int times)
    {
        Span<byte> digest = stackalloc byte[32];
        for (var i = 0; i < times; i++)
        {
            RandomNumberGenerator.Fill(digest);
            if (!key.PublicKey.VerifyDigest(digest, key.SignDigest(digest, SignatureScheme.EcdsaSha256), SignatureScheme.EcdsaSha256))
            {
                throw new CryptographicException("A key does not verify what it signed.");
            }
        }
    }

    /// <summary>Signatures per processor second.</summary>
    private static double SigningRate(KeyAlgorithm algorithm)
    {
        const int Count = 500;
        using var key = SigningKey.Generate(algorithm);
        var digest = RandomNumberGenerator.GetBytes(32);
        return Count / CpuClock.Cpu(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                key.SignDigest(digest, SignatureScheme.EcdsaSha256);
            }
        });
    }
}

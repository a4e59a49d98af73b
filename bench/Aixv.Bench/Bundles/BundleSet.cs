using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Rekor;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Bench.Bundles;

/// <summary>Distinct Rekor v2 bundles of one virtual Sigstore, and its trusted root.</summary>
internal sealed class BundleSet
{
    internal const string Identity = "https://github.com/aixv-bench/models/.github/workflows/release.yml@refs/heads/main";
    internal const string Issuer = "https://token.actions.githubusercontent.com";
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private BundleSet(byte[] trustedRoot, IReadOnlyList<Signed> items, VirtualAuthority authority)
    {
        TrustedRootJson = trustedRoot;
        Items = items;
        Authority = authority;
    }

    /// <summary>A bundle and what it signs.</summary>
    internal sealed record Signed(byte[] Bundle, byte[] Content, ArtifactDigests Artifact);

    internal byte[] TrustedRootJson { get; }

    internal IReadOnlyList<Signed> Items { get; }

    internal VirtualAuthority Authority { get; }

    internal static VerificationPolicy Policy { get; } = new()
    {
        Signer = SignerPolicy.Certificate([TextPattern.Exact(Identity)], [TextPattern.Exact(Issuer)]),
    };

    internal Verifier NewVerifier() => new(TrustedRoot.Parse(TrustedRootJson));

    /// <summary>Makes <paramref name="count"/> bundles; the artifacts have <paramref name="artifactBytes"/> random bytes.</summary>
    /// <exception cref="InvalidOperationException">A bundle does not verify.</exception>
    internal static BundleSet Create(int count, int artifactBytes)
    {
        var authority = new VirtualAuthority(Epoch, Epoch.AddYears(10));
        var timestamper = new VirtualTimestamper(Epoch, Epoch.AddYears(10));
        var log = new VirtualLog();
        var items = Enumerable.Range(0, count).Select(i => Sign(authority, timestamper, log, i, artifactBytes)).ToList();
        var set = new BundleSet(TrustedRootOf(authority, timestamper, log), items, authority);
        var verifier = set.NewVerifier();
        return items.Select(i => verifier.Verify(i.Bundle, i.Artifact, Policy)).OfType<Rejected>().FirstOrDefault() is { } rejected
            ? throw new InvalidOperationException($"A bundle of the set does not verify: {rejected}")
            : set;
    }

    private static Signed Sign(VirtualAuthority authority, VirtualTimestamper timestamper, VirtualLog log, int number, int artifactBytes)
    {
        var time = Epoch.AddDays(30).AddSeconds(number);
        var content = RandomNumberGenerator.GetBytes(artifactBytes);
        var artifact = ArtifactDigests.Of(content);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = key.SignHash(artifact.Sha256.ToBytes(), DSASignatureFormat.Rfc3279DerSequence);
        var certificate = authority.Issue(key, Identity, Issuer, time);
        var body = EntryRebuilder.HashedRekordV002(
            HashAlgorithmName.SHA256, artifact.Sha256.ToBytes(), signature, "PKIX_ECDSA_P256_SHA_256", certificate, isCertificate: true);
        var bundle = new Bundle
        {
            Version = BundleVersion.V03,
            Certificates = [certificate],
            LogEntries = [log.Append(body, number)],
            Timestamps = [timestamper.Stamp(signature, time.AddSeconds(2))],
            Content = new MessageSignature(signature, HashAlgorithmName.SHA256, artifact.Sha256.ToBytes()),
        };
        return new Signed(bundle.ToJson(), content, artifact);
    }

    private static byte[] TrustedRootOf(VirtualAuthority authority, VirtualTimestamper timestamper, VirtualLog log) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        ["tlogs"] = new JsonArray(Log($"https://{VirtualLog.Name}", log.Key.PublicKey, "PKIX_ED25519", log.LogId)),
        ["certificateAuthorities"] = new JsonArray(AuthorityOf("https://fulcio.bench.test", authority.Intermediate.RawData, authority.Root.RawData)),
        ["ctlogs"] = new JsonArray(Log("https://ct.bench.test", authority.CtKey.PublicKey, "PKIX_ECDSA_P256_SHA_256", authority.CtKey.PublicKey.SpkiSha256())),
        ["timestampAuthorities"] = new JsonArray(AuthorityOf("https://tsa.bench.test", timestamper.Leaf.RawData, timestamper.Root.RawData)),
    }.ToJsonString());

    private static JsonObject Log(string url, PublicKey key, string details, byte[] id) => new()
    {
        ["baseUrl"] = url,
        ["hashAlgorithm"] = "SHA2_256",
        ["publicKey"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(key.Spki.Span), ["keyDetails"] = details, ["validFor"] = Window() },
        ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(id) },
    };

    private static JsonObject AuthorityOf(string url, params byte[][] chain) => new()
    {
        ["subject"] = new JsonObject { ["organization"] = "bench", ["commonName"] = "bench" },
        ["uri"] = url,
        ["certChain"] = new JsonObject { ["certificates"] = new JsonArray([.. chain.Select(c => new JsonObject { ["rawBytes"] = Convert.ToBase64String(c) })]) },
        ["validFor"] = Window(),
    };

    private static JsonObject Window() => new() { ["start"] = "2026-01-01T00:00:00Z" };
}

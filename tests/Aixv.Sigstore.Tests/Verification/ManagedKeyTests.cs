using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Rekor;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Verification;

public sealed class ManagedKeyTests
{
    private static readonly byte[] Artifact = "the weights"u8.ToArray();

    public static TheoryData<KeyAlgorithm, SignatureScheme> Schemes => new()
    {
        { KeyAlgorithm.EcdsaP256, SignatureScheme.EcdsaSha256 },
        { KeyAlgorithm.EcdsaP384, SignatureScheme.EcdsaSha384 },
        { KeyAlgorithm.EcdsaP384, SignatureScheme.EcdsaSha256 },
        { KeyAlgorithm.EcdsaP521, SignatureScheme.EcdsaSha512 },
        { KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha256 },
        { KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha256 },
        { KeyAlgorithm.Ed25519, SignatureScheme.Ed25519 },
    };

    [Theory, MemberData(nameof(Schemes))]
    public void Signatures_of_every_scheme_verify_over_artifact_and_statement(KeyAlgorithm algorithm, SignatureScheme scheme)
    {
        using var key = SigningKey.Generate(algorithm);
        var message = Unlogged(new MessageSignature(key.Sign(Artifact, scheme), null, null));
        var payload = Statement(new JsonObject { ["sha256"] = Digest.Of(Artifact).Hex });
        var envelope = Unlogged(Envelope(payload, key.Sign(PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, payload), scheme)));
        foreach (var bundle in (Bundle[])[message, envelope])
        {
            Assert.IsType<Verified>(Verify(bundle, key));
            Assert.Equal(RejectionReason.SignatureInvalid, Assert.IsType<Rejected>(Verify(Damaged(bundle), key)).Reason);
        }
    }

    [Fact]
    public void A_digest_alone_is_enough_for_P256_and_not_for_Ed25519_or_P384()
    {
        var digest = new ArtifactDigests(Digest.Of(Artifact));
        foreach (var (algorithm, accepted) in ((KeyAlgorithm, bool)[])[(KeyAlgorithm.EcdsaP256, true), (KeyAlgorithm.Ed25519, false), (KeyAlgorithm.EcdsaP384, false)])
        {
            using var key = SigningKey.Generate(algorithm);
            var bundle = Unlogged(new MessageSignature(key.Sign(Artifact), null, null));
            var result = new Verifier(EmptyRoot()).Verify(bundle, digest, Policy(key));
            Assert.Equal(accepted ? null : RejectionReason.ArtifactRequired, (result as Rejected)?.Reason);
            var needs = Verifier.Needs(bundle, key.PublicKey);
            Assert.Equal(algorithm == KeyAlgorithm.Ed25519, needs.Content);
            Assert.Equal(algorithm == KeyAlgorithm.EcdsaP384, needs.Hashes.Contains(HashAlgorithmName.SHA384));
        }
    }

    [Theory]
    [InlineData("sha512", 1)]
    [InlineData("sha384", 0)]
    [InlineData("sha256", 2)]
    public void Any_subject_by_any_digest_is_the_artifact(string algorithm, int position)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var hex = algorithm switch
        {
            "sha256" => Convert.ToHexString(SHA256.HashData(Artifact)),
            "sha384" => Convert.ToHexString(SHA384.HashData(Artifact)),
            _ => Convert.ToHexString(SHA512.HashData(Artifact)),
        };
        JsonObject[] subjects = [Other(), Other(), Other()];
        subjects[position] = new JsonObject { [algorithm] = hex.ToLowerInvariant() };
        var payload = Statement(subjects);
        var bundle = Unlogged(Envelope(payload, key.Sign(PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, payload))));
        Assert.IsType<Verified>(Verify(bundle, key));
        Assert.Equal(
            RejectionReason.SubjectMismatch,
            Assert.IsType<Rejected>(new Verifier(EmptyRoot()).Verify(bundle, ArtifactDigests.Of("other weights"u8.ToArray()), Policy(key))).Reason);
    }

    [Fact]
    public void An_entry_without_its_body_is_rebuilt_from_the_bundle()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var (log, bundle) = Logged(key);
        Assert.IsType<Verified>(Verify(bundle, key, log.TrustedRoot()));
        var bare = bundle with { LogEntries = [bundle.LogEntries[0] with { CanonicalizedBody = default }] };
        Assert.IsType<Verified>(Verify(bare, key, log.TrustedRoot()));
        var another = bare with { Content = new MessageSignature(key.Sign(Artifact), null, null) };
        Assert.Equal(RejectionReason.InclusionProofInvalid, Assert.IsType<Rejected>(Verify(another, key, log.TrustedRoot())).Reason);
    }

    [Fact]
    public void A_root_that_names_logs_asks_for_an_entry_unless_the_policy_does_not()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var (log, bundle) = Logged(key);
        var bare = bundle with { LogEntries = [] };
        Assert.Equal(RejectionReason.LogEntryMissing, Assert.IsType<Rejected>(Verify(bare, key, log.TrustedRoot())).Reason);
        Assert.IsType<Verified>(new Verifier(log.TrustedRoot()).Verify(bare, ArtifactDigests.Of(Artifact), Policy(key) with { LogThreshold = 0 }));
        Assert.Equal(
            RejectionReason.LogEntryMissing,
            Assert.IsType<Rejected>(new Verifier(log.TrustedRoot()).Verify(bundle, ArtifactDigests.Of(Artifact), Policy(key) with { LogThreshold = 2 })).Reason);
    }

    [Fact]
    public void The_entry_must_be_by_the_given_key()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        using var other = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var (log, bundle) = Logged(key);
        Assert.Equal(RejectionReason.EntryMismatch, Assert.IsType<Rejected>(Verify(bundle, other, log.TrustedRoot())).Reason);
    }

    [Theory]
    [InlineData(2, null, true)]
    [InlineData(1, null, false)]
    [InlineData(1, 1, true)]
    [InlineData(0, 1, false)]
    public void Witnesses_that_the_root_names_must_have_cosigned(int cosignatures, int? threshold, bool accepted)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var (log, bundle) = Logged(key, cosignatures);
        var json = log.TrustedRootJson();
        json["witnesses"] = log.WitnessesJson();
        if (threshold is not null)
        {
            json["witnessThreshold"] = threshold;
        }

        var result = Verify(bundle, key, TrustedRoot.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())));
        Assert.Equal(accepted ? null : RejectionReason.WitnessMissing, (result as Rejected)?.Reason);
        Assert.Equal(accepted ? cosignatures : 0, (result as Verified)?.LogEntries[0].Witnesses ?? 0);
    }

    [Fact]
    public void Without_any_verified_time_an_ended_log_key_counts_for_nothing()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var (log, bundle) = Logged(key);
        log.ValidFor = new JsonObject { ["start"] = "2020-01-01T00:00:00Z", ["end"] = "2099-01-01T00:00:00Z" };
        Assert.Equal(RejectionReason.LogKeyExpired, Assert.IsType<Rejected>(Verify(bundle, key, log.TrustedRoot())).Reason);
    }

    [Fact]
    public void A_validity_without_start_or_none_at_all_makes_the_root_malformed()
    {
        var log = new TestLog { ValidFor = new JsonObject { ["end"] = "2099-01-01T00:00:00Z" } };
        Assert.Contains("start", Assert.Throws<FormatException>(log.TrustedRoot).Message, StringComparison.Ordinal);
        log.ValidFor = null;
        Assert.Contains("validFor", Assert.Throws<FormatException>(log.TrustedRoot).Message, StringComparison.Ordinal);
    }

    private static (TestLog Log, Bundle Bundle) Logged(SigningKey key, int cosignatures = 0)
    {
        var log = new TestLog().AddWitness("witness.example/one").AddWitness("witness.example/two");
        var signature = key.Sign(Artifact);
        var body = EntryRebuilder.HashedRekordV002(
            HashAlgorithmName.SHA256, SHA256.HashData(Artifact), signature, KeyDetails.NameOf(key.PublicKey, key.PublicKey.DefaultScheme)!, key.PublicKey.Spki.Span, isCertificate: false);
        var bundle = Unlogged(new MessageSignature(signature, null, null)) with { LogEntries = [log.Add(body, "hashedrekord", "0.0.2", cosignatures)] };
        return (log, Bundle.Parse(bundle.ToJson()));
    }

    private static VerificationResult Verify(Bundle bundle, SigningKey key, TrustedRoot? root = null) =>
        new Verifier(root ?? EmptyRoot()).Verify(bundle, ArtifactDigests.Of(Artifact), Policy(key));

    private static VerificationPolicy Policy(SigningKey key) => new() { Signer = SignerPolicy.Key(key.PublicKey) };

    private static TrustedRoot EmptyRoot() =>
        TrustedRoot.Parse("""{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}"""u8.ToArray());

    private static Bundle Unlogged(BundleContent content) => new() { Version = BundleVersion.V03, KeyHint = "", Content = content };

    private static SignedEnvelope Envelope(byte[] payload, byte[] signature) =>
        new(new DsseEnvelope(DsseEnvelope.InTotoPayloadType, payload, [new DsseSignature(signature)]));

    private static Bundle Damaged(Bundle bundle)
    {
        var signature = bundle.Content.Signature.ToArray();
        signature[^1] ^= 1;
        return bundle with
        {
            Content = bundle.Content is SignedEnvelope { Envelope: var e } ? Envelope(e.Payload.ToArray(), signature) : new MessageSignature(signature, null, null),
        };
    }

    private static JsonObject Other() => new() { ["sha256"] = Digest.Of("other"u8).Hex, ["gitCommit"] = "da39a3ee5e6b4b0d3255bfef95601890afd80709" };

    private static byte[] Statement(params JsonObject[] digests) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["_type"] = "https://in-toto.io/Statement/v1",
        ["subject"] = new JsonArray([.. digests.Select((d, i) => (JsonNode)new JsonObject { ["name"] = $"s{i}", ["digest"] = d })]),
        ["predicateType"] = "https://example.com/p",
        ["predicate"] = new JsonObject(),
    }.ToJsonString());
}

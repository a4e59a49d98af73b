using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Verification;

/// <summary>Every reason to refuse, each from a bundle that is accepted, by one change to it, the trusted root, the policy or the artifact.</summary>
public sealed class RefusalTests
{
    private const string V1 = "happy-path-v0.3";
    private const string V01 = "happy-path-v0.1";
    private const string V02 = "happy-path-v0.2";
    private const string Dsse = "happy-path-intoto-in-dsse-v3";
    private const string V2 = "rekor2-happy-path";

    private static readonly SigningKey SomeKey = SigningKey.Generate(KeyAlgorithm.EcdsaP256);

    private static readonly Dictionary<RejectionReason, Func<VerificationResult>> Cases = new()
    {
        [RejectionReason.BundleMalformed] = () => Bundle(V1, b => b["unknown"] = 1),
        [RejectionReason.BundleVersionUnsupported] = () => Bundle(V1, b => b["mediaType"] = "application/vnd.dev.sigstore.bundle.v0.4+json"),
        [RejectionReason.ContentMissing] = () => Bundle(V1, b => b.Remove("messageSignature")),
        [RejectionReason.SignatureCountInvalid] = () => Bundle(Dsse, b => Double(b["dsseEnvelope"]!["signatures"]!)),
        [RejectionReason.KeyMaterialMissing] = () => Bundle(V1, b => Material(b).Remove("certificate")),
        [RejectionReason.KeyMaterialForbidden] = () => Bundle(V02, b => b["mediaType"] = "application/vnd.dev.sigstore.bundle+json;version=0.3"),
        [RejectionReason.ChainContainsRoot] = () => Bundle(V02, b => Chain(b).Add(FulcioCertificate(^1))),
        [RejectionReason.KeyMismatch] = () => Policy(V1, p => p with { Signer = SignerPolicy.Key(SomeKey.PublicKey) }),
        [RejectionReason.DuplicateEvidence] = () => Bundle(V1, b => Double(Material(b)["tlogEntries"]!)),
        [RejectionReason.InclusionPromiseMissing] = () => Bundle(V01, b => Entry(b).Remove("inclusionPromise")),
        [RejectionReason.InclusionProofMissing] = () => Bundle(V02, b => Entry(b).Remove("inclusionProof")),
        [RejectionReason.LogEntryMissing] = () => Bundle(V2, b => Material(b).Remove("tlogEntries")),
        [RejectionReason.LogUnknown] = () => Root(V1, r => r.Remove("tlogs")),
        [RejectionReason.LogKeyExpired] = () => Root(V1, r => EndAll(r, "tlogs", "2021-06-01T00:00:00Z")),
        [RejectionReason.InclusionPromiseInvalid] = () => Bundle(V1, b => Entry(b)["integratedTime"] = "1710869187"),
        [RejectionReason.InclusionProofInvalid] = () => Bundle(V1, b => Proof(b)["hashes"]!.AsArray().RemoveAt(0)),
        [RejectionReason.CheckpointMalformed] = () => Bundle(V1, b => Checkpoint(b, c => c[(c.IndexOf('\n', StringComparison.Ordinal) + 1)..])),
        [RejectionReason.CheckpointSignatureInvalid] = () => Bundle(V1, b => Checkpoint(b, c => c.Replace("75408393", "75408394", StringComparison.Ordinal))),
        [RejectionReason.CheckpointMismatch] = () => Bundle(V1, b => Checkpoint(b, _ => CheckpointOf(Dsse))),
        [RejectionReason.WitnessMissing] = () => Root(V1, r => r["witnesses"] = new JsonArray(Witness())),
        [RejectionReason.EntryKindUnsupported] = () => Bundle(V1, b => Entry(b)["kindVersion"]!["kind"] = "mashedrekord"),
        [RejectionReason.EntryMalformed] = () => Bundle(Dsse, b => Entry(b).Remove("canonicalizedBody")),
        [RejectionReason.EntryMismatch] = () => Bundle(V1, b => b["messageSignature"]!["signature"] = Parse(V02)["messageSignature"]!["signature"]!.DeepClone()),
        [RejectionReason.TimestampMalformed] = () => Bundle(V2, b => Timestamp(b, t => t[..^1])),
        [RejectionReason.TimestampMismatch] = () => Bundle(V2, b => Timestamp(b, _ => TimestampOf("rekor2-dsse-happy-path"))),
        [RejectionReason.TimestampSignatureInvalid] = () => Bundle(V2, b => Timestamp(b, t => [.. t[..^1], (byte)(t[^1] ^ 1)])),
        [RejectionReason.TimestampUntrusted] = () => Root(V2, r => TsaChain(r)[^1]!["rawBytes"] = FulcioCertificate(^1)["rawBytes"]!.DeepClone()),
        [RejectionReason.TimestampOutsideValidity] = () => Root(V2, r => EndAll(r, "timestampAuthorities", "2025-06-01T00:00:00Z")),
        [RejectionReason.TimeMissing] = () => Bundle(V2, b => Material(b).Remove("timestampVerificationData")),
        [RejectionReason.CertificateMalformed] = () => Bundle(V1, b => Certificate(b, c => c[..^1])),
        [RejectionReason.CertificateUntrusted] = () => Root(V1, r => r.Remove("certificateAuthorities")),
        [RejectionReason.CertificateExpired] = () => Root(V1, r => EndAll(r, "certificateAuthorities", "2023-01-01T00:00:00Z")),
        [RejectionReason.CertificateUsageInvalid] = () =>
            Bundle(V1, b => Material(b)["certificate"] = FulcioCertificate(^2)),
        [RejectionReason.SctMissing] = () => Root(V1, r => r.Remove("ctlogs")),
        [RejectionReason.SctMalformed] = SctTests.Malformed,
        [RejectionReason.SctInvalid] = () => Root(V1, r => ReplaceKeys(r, "ctlogs")),
        [RejectionReason.SctOutsideValidity] = () => Root(V1, r => EndAll(r, "ctlogs", "2023-01-01T00:00:00Z")),
        [RejectionReason.IdentityMismatch] = () => Policy(V1, p => p with { Signer = Signer("somebody@example.com", new Vectors(V1).Issuer) }),
        [RejectionReason.IssuerMismatch] = () => Policy(V1, p => p with { Signer = Signer(new Vectors(V1).Identity, "https://accounts.example.com") }),
        [RejectionReason.KeyUnsupported] = () => Bundle(V1, b => Certificate(b, UnknownCurve)),
        [RejectionReason.SignatureInvalid] = () => KeyBundle(b => b["messageSignature"]!["signature"] = Convert.ToBase64String(SomeKey.Sign("other"u8))),
        [RejectionReason.DigestMismatch] = () => Bundle(V1, b => b["messageSignature"]!["messageDigest"]!["digest"] = Convert.ToBase64String(new byte[32])),
        [RejectionReason.ArtifactRequired] = () => Bundle(
            V1, b => b["messageSignature"]!["messageDigest"]!["algorithm"] = "SHA2_512", new ArtifactDigests(Digest.Of(new Vectors(V1).Artifact))),
        [RejectionReason.PayloadTypeUnsupported] = () => Bundle(Dsse, b => b["dsseEnvelope"]!["payloadType"] = "application/json"),
        [RejectionReason.StatementMalformed] = () => StatementOf("https://in-toto.io/Statement/v2"),
        [RejectionReason.SubjectMismatch] = () => Bundle(Dsse, _ => { }, ArtifactDigests.Of("another artifact"u8.ToArray())),
    };

    public static TheoryData<RejectionReason> Reasons => [.. Enum.GetValues<RejectionReason>()];

    [Theory, MemberData(nameof(Reasons))]
    public void One_change_gives_this_refusal(RejectionReason reason)
    {
        var result = Cases[reason]();
        Assert.Equal(reason, Assert.IsType<Rejected>(result).Reason);
        Assert.False(result.Checks[^1].Passed);
    }

    [Theory, InlineData(V01), InlineData(V02), InlineData(V1), InlineData(Dsse), InlineData(V2)]
    public void Without_the_change_it_is_accepted(string name) => Assert.IsType<Verified>(Bundle(name, _ => { }));

    [Fact]
    public void Without_the_change_the_key_s_bundles_are_accepted()
    {
        Assert.IsType<Verified>(KeyBundle(_ => { }));
        Assert.IsType<Verified>(StatementOf("https://in-toto.io/Statement/v1"));
    }

    private static VerificationResult Bundle(string name, Action<JsonObject> change, ArtifactDigests? artifact = null)
    {
        var vector = new Vectors(name);
        var bundle = Parse(name);
        change(bundle);
        return new Verifier(vector.TrustedRoot).Verify(Bytes(bundle), artifact ?? ArtifactDigests.Of(vector.Artifact), vector.Policy);
    }

    private static VerificationResult Root(string name, Action<JsonObject> change)
    {
        var vector = new Vectors(name);
        var root = JsonNode.Parse(vector.TrustedRootJson)!.AsObject();
        change(root);
        return new Verifier(TrustedRoot.Parse(Bytes(root))).Verify(vector.Bundle, ArtifactDigests.Of(vector.Artifact), vector.Policy);
    }

    private static VerificationResult Policy(string name, Func<VerificationPolicy, VerificationPolicy> change)
    {
        var vector = new Vectors(name);
        return new Verifier(vector.TrustedRoot).Verify(vector.Bundle, ArtifactDigests.Of(vector.Artifact), change(vector.Policy));
    }

    /// <summary>A bundle by a managed key that no log holds, verified against a root that names no log.</summary>
    private static VerificationResult KeyBundle(Action<JsonObject> change)
    {
        var content = new MessageSignature(SomeKey.Sign("artifact"u8), null, null);
        var bundle = JsonNode.Parse(new Bundle { Version = BundleVersion.V03, KeyHint = "", Content = content }.ToJson())!.AsObject();
        change(bundle);
        return VerifyByKey(Bytes(bundle));
    }

    private static VerificationResult StatementOf(string type)
    {
        var statement = new JsonObject
        {
            ["_type"] = type,
            ["subject"] = new JsonArray(new JsonObject { ["name"] = "a", ["digest"] = new JsonObject { ["sha256"] = Digest.Of("artifact"u8).Hex } }),
            ["predicateType"] = "https://example.com/p",
        };
        var payload = Bytes(statement);
        var signature = SomeKey.Sign(PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, payload));
        var content = new SignedEnvelope(new DsseEnvelope(DsseEnvelope.InTotoPayloadType, payload, [new DsseSignature(signature)]));
        return VerifyByKey(new Bundle { Version = BundleVersion.V03, KeyHint = "", Content = content }.ToJson());
    }

    private static VerificationResult VerifyByKey(byte[] bundle)
    {
        var root = TrustedRoot.Parse("""{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}"""u8.ToArray());
        return new Verifier(root).Verify(
            bundle, ArtifactDigests.Of("artifact"u8.ToArray()), new VerificationPolicy { Signer = SignerPolicy.Key(SomeKey.PublicKey) });
    }

    private static JsonObject Parse(string name) => JsonNode.Parse(new Vectors(name).Bundle)!.AsObject();

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonObject Material(JsonObject bundle) => bundle["verificationMaterial"]!.AsObject();

    private static JsonObject Entry(JsonObject bundle) => Material(bundle)["tlogEntries"]![0]!.AsObject();

    private static JsonObject Proof(JsonObject bundle) => Entry(bundle)["inclusionProof"]!.AsObject();

    private static JsonArray Chain(JsonObject bundle) => Material(bundle)["x509CertificateChain"]!["certificates"]!.AsArray();

    private static void Double(JsonNode list) => list.AsArray().Add(list[0]!.DeepClone());

    private static void Checkpoint(JsonObject bundle, Func<string, string> change)
    {
        var checkpoint = Proof(bundle)["checkpoint"]!.AsObject();
        checkpoint["envelope"] = change(checkpoint["envelope"]!.GetValue<string>());
    }

    private static string CheckpointOf(string name) => Proof(Parse(name))["checkpoint"]!["envelope"]!.GetValue<string>();

    private static JsonObject FirstTimestamp(JsonObject bundle) =>
        Material(bundle)["timestampVerificationData"]!["rfc3161Timestamps"]![0]!.AsObject();

    private static byte[] TimestampOf(string name) => Convert.FromBase64String(FirstTimestamp(Parse(name))["signedTimestamp"]!.GetValue<string>());

    private static void Timestamp(JsonObject bundle, Func<byte[], byte[]> change)
    {
        var timestamp = FirstTimestamp(bundle);
        timestamp["signedTimestamp"] = Convert.ToBase64String(change(Convert.FromBase64String(timestamp["signedTimestamp"]!.GetValue<string>())));
    }

    private static void Certificate(JsonObject bundle, Func<byte[], byte[]> change)
    {
        var certificate = Material(bundle)["certificate"]!.AsObject();
        certificate["rawBytes"] = Convert.ToBase64String(change(Convert.FromBase64String(certificate["rawBytes"]!.GetValue<string>())));
    }

    private static byte[] UnknownCurve(byte[] certificate)
    {
        byte[] p256 = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
        certificate[certificate.AsSpan().IndexOf(p256) + p256.Length - 1] = 0x06;
        return certificate;
    }

    private static JsonNode FulcioCertificate(Index index)
    {
        var root = JsonNode.Parse(new Vectors(V1).TrustedRootJson)!;
        var chain = root["certificateAuthorities"]!.AsArray()[^1]!["certChain"]!["certificates"]!.AsArray();
        return chain[index]!.DeepClone();
    }

    private static JsonArray TsaChain(JsonObject root) => root["timestampAuthorities"]![0]!["certChain"]!["certificates"]!.AsArray();

    private static void EndAll(JsonObject root, string list, string end)
    {
        foreach (var item in root[list]!.AsArray())
        {
            var owner = item!["validFor"] is null ? item["publicKey"]! : item;
            owner["validFor"] = new JsonObject { ["start"] = "2020-01-01T00:00:00Z", ["end"] = end };
        }
    }

    private static void ReplaceKeys(JsonObject root, string list)
    {
        foreach (var item in root[list]!.AsArray())
        {
            item!["publicKey"]!["rawBytes"] = Convert.ToBase64String(SomeKey.PublicKey.Spki.Span);
        }
    }

    private static JsonObject Witness() => new()
    {
        ["name"] = "witness.example",
        ["publicKey"] = new JsonObject
        {
            ["rawBytes"] = Convert.ToBase64String(SigningKey.Generate(KeyAlgorithm.Ed25519).PublicKey.Spki.Span),
            ["keyDetails"] = "PKIX_ED25519",
            ["validFor"] = new JsonObject { ["start"] = "2020-01-01T00:00:00Z" },
        },
    };

    private static SignerPolicy Signer(string identity, string issuer) =>
        SignerPolicy.Certificate([TextPattern.Exact(identity)], [TextPattern.Exact(issuer)]);
}

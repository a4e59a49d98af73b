using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>
/// All that a decision rests on (<c>aixv.admission-evidence/v1</c>): verified facts, without any judgement. Whether a signer, an advisory or
/// a waiver counts is for the policy to say, so the same evidence can be judged by another one.
/// </summary>
public sealed record Evidence
{
    public const string Schema = "aixv.admission-evidence/v1";

    internal static ObjectShape Shape { get; } = new(
        new Field("schema", TextShape.OneOf(Schema), Required: true),
        new Field("artifact_digest", new DigestShape(), Required: true),
        new Field("artifact_name", new TextShape()),
        new Field("artifact_type", new TextShape()),
        new Field("artifact_type_source", new TextShape()),
        new Field("expected_subject", new TextShape()),
        new Field("expected_issuer", new TextShape()),
        new Field("policy_id", new TextShape()),
        new Field("policy_signer", SignerEvidence.Shape),
        new Field("trust_root", new TextShape()),
        new Field("signatures", new ListShape(SignatureEvidence.Shape)),
        new Field("signature_failures", new ListShape(new TextShape())),
        new Field("attestations", new ListShape(AttestationEvidence.Shape)),
        new Field("advisories", new ListShape(AdvisoryEvidence.Shape)),
        new Field("unreadable", new ListShape(new TextShape())),
        new Field("waivers", new ListShape(WaiverEvidence.Shape)),
        new Field("bundles", new ListShape(BundleEvidence.Shape)),
        new Field("lineage", LineageEvidence.Shape));

    public required Digest Artifact { get; init; }

    /// <summary>For people.</summary>
    public string? ArtifactName { get; init; }

    /// <summary>By the registry of protocol §2, or null where it is not known.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>Who or what says the type; for people.</summary>
    public string? ArtifactTypeSource { get; init; }

    /// <summary>Who must have signed, as the caller asks beyond the policy.</summary>
    public string? ExpectedSubject { get; init; }

    public string? ExpectedIssuer { get; init; }

    /// <summary>The policy's record id, which waivers name.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Who signed the policy, where that was verified.</summary>
    public SignerEvidence? PolicySigner { get; init; }

    /// <summary>The fingerprint of the trusted root that everything was verified with.</summary>
    public string? TrustRoot { get; init; }

    /// <summary>Verified signatures and attestations of the artifact.</summary>
    public ImmutableArray<SignatureEvidence> Signatures { get; init; } = [];

    /// <summary>Why others were refused.</summary>
    public ImmutableArray<string> SignatureFailures { get; init; } = [];

    public ImmutableArray<AttestationEvidence> Attestations { get; init; } = [];

    public ImmutableArray<AdvisoryEvidence> Advisories { get; init; } = [];

    /// <summary>Files of the advisory store that could not be read: what they say is not known.</summary>
    public ImmutableArray<string> Unreadable { get; init; } = [];

    public ImmutableArray<WaiverEvidence> Waivers { get; init; } = [];

    /// <summary>The bundles of artifacts that this one is a member of.</summary>
    public ImmutableArray<BundleEvidence> Bundles { get; init; } = [];

    /// <summary>Null where the lineage was not looked at.</summary>
    public LineageEvidence? Lineage { get; init; }

    /// <summary>What of this existed at <paramref name="time"/>: later signatures, records and claims are left out.</summary>
    public Evidence AsOf(DateTimeOffset time) => this with
    {
        Signatures = [.. Signatures.Where(s => s.IntegratedTime is not { } at || at <= time)],
        SignatureFailures = [.. SignatureFailures, .. Signatures.Where(s => s.IntegratedTime > time).Select(s => $"the signature by {s.Signer} was made later, on {s.IntegratedTime!.Value.ToText()}")],
        Attestations = [.. Attestations.Where(a => a.IntegratedTime is not { } at || at <= time)],
        Advisories = [.. Advisories.Where(a => a.IntegratedTime is not { } at || at <= time)],
        Waivers = [.. Waivers.Where(w => w.IntegratedTime is not { } at || at <= time)],
        Bundles = [.. Bundles.Where(b => b.IntegratedTime is not { } at || at <= time)],
    };

    /// <exception cref="FormatException">Not such a document; the message names every place.</exception>
    public static Evidence Read(JsonObject document) => FromChecked(Shape.Read(document, "admission evidence"));

    internal static Evidence FromChecked(JsonObject json) => new()
    {
        Artifact = json.Digest("artifact_digest")!,
        ArtifactName = json.Text("artifact_name"),
        ArtifactType = json.Text("artifact_type"),
        ArtifactTypeSource = json.Text("artifact_type_source"),
        ExpectedSubject = json.Text("expected_subject"),
        ExpectedIssuer = json.Text("expected_issuer"),
        PolicyId = json.Text("policy_id"),
        PolicySigner = SignerEvidence.Read(json, "policy_signer"),
        TrustRoot = json.Text("trust_root"),
        Signatures = [.. json.Objects("signatures").Select(SignatureEvidence.Read)],
        SignatureFailures = json.Texts("signature_failures"),
        Attestations = [.. json.Objects("attestations").Select(AttestationEvidence.Read)],
        Advisories = [.. json.Objects("advisories").Select(AdvisoryEvidence.Read)],
        Unreadable = json.Texts("unreadable"),
        Waivers = [.. json.Objects("waivers").Select(WaiverEvidence.Read)],
        Bundles = [.. json.Objects("bundles").Select(BundleEvidence.Read)],
        Lineage = LineageEvidence.Read(json, "lineage"),
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["schema"] = Schema, ["artifact_digest"] = Artifact.ToString() };
        json.AddIfAny("artifact_name", ArtifactName);
        json.AddIfAny("artifact_type", ArtifactType);
        json.AddIfAny("artifact_type_source", ArtifactTypeSource);
        json.AddIfAny("expected_subject", ExpectedSubject);
        json.AddIfAny("expected_issuer", ExpectedIssuer);
        json.AddIfAny("policy_id", PolicyId);
        json.AddIfAny("policy_signer", PolicySigner?.ToJson());
        json.AddIfAny("trust_root", TrustRoot);
        json.AddIfAny("signatures", new JsonArray([.. Signatures.Select(s => s.ToJson())]));
        json.AddIfAny("signature_failures", SignatureFailures.ToJson());
        json.AddIfAny("attestations", new JsonArray([.. Attestations.Select(a => a.ToJson())]));
        json.AddIfAny("advisories", new JsonArray([.. Advisories.Select(a => a.ToJson())]));
        json.AddIfAny("unreadable", Unreadable.ToJson());
        json.AddIfAny("waivers", new JsonArray([.. Waivers.Select(w => w.ToJson())]));
        json.AddIfAny("bundles", new JsonArray([.. Bundles.Select(b => b.ToJson())]));
        json.AddIfAny("lineage", Lineage?.ToJson());
        return json;
    }

    /// <summary>The same evidence is the same bytes.</summary>
    public byte[] ToBytes() => SortedJson.Serialize(ToJson());
}

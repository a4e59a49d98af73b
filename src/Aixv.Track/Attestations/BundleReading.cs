using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Attestations;

/// <summary>Verifies bundles against the trusted roots of this server, whoever signed them, and reads what they say.</summary>
internal sealed class BundleReading(IReadOnlyList<TrustedRoot> roots)
{
    private const int MaximumEdges = 2000;
    private const int MaximumSubjects = 256;
    private const int MaximumStatement = 32 * 1024 * 1024;
    private static readonly VerificationPolicy Anybody = new() { Signer = SignerPolicy.AllowAnyIdentityUnsafe };
    private readonly ImmutableArray<(Verifier Verifier, string Name)> trusted = [.. roots.Select(root => (new Verifier(root), root.Fingerprint))];

    /// <summary>Verifies a bundle that says itself what it is about.</summary>
    /// <param name="key">The key of a bundle without a certificate, as PEM; null for none.</param>
    /// <param name="stated">The statement that the caller thinks it signs; null does not compare.</param>
    /// <exception cref="ApiError">It does not hold.</exception>
    public IndexedAttestation Read(ReadOnlyMemory<byte> bytes, string? key, JsonObject? stated, TrackId id)
    {
        var (verified, root) = Verify(bytes, null, key);
        var lineage = verified.Statement is { } statement ? ReadLineage(statement) : null;
        if (stated is not null && (verified.Statement is not { } signed || !IsSame(stated, signed)))
        {
            throw Refuse("statement", "the bundle signs another statement");
        }

        ImmutableArray<StatedNode> subjects = lineage is null ? [new StatedNode(verified.Artifact.Sha256, null, null)] : [.. lineage.Subjects];
        if (subjects.Length is 0 or > MaximumSubjects)
        {
            throw Refuse("bundle", subjects.Length == 0 ? "its statement has no subject with a SHA-256 digest" : $"its statement has more than {MaximumSubjects} subjects");
        }

        return new IndexedAttestation
        {
            Id = id,
            Bundle = Digest.Of(bytes.Span),
            Fingerprint = Digest.Of(SortedJson.Serialize(SortedJson.ParseObject(bytes, "bundle", Bundle.MaximumBytes))),
            PredicateType = verified.PredicateType,
            Statement = verified.Statement is { } payload ? Digest.Of(payload.Span) : null,
            Subjects = subjects,
            Edges = lineage is null ? [] : EdgesOf(lineage),
            Signature = SignatureEvidence.Of(verified).ToJson(),
            TrustRoot = root,
        };
    }

    /// <summary>Verifies a bundle; about <paramref name="artifact"/>, or about what it says itself.</summary>
    /// <exception cref="ApiError">It does not hold.</exception>
    public (Verified Verified, string Root) Verify(ReadOnlyMemory<byte> bytes, ArtifactDigests? artifact, string? key)
    {
        if (trusted.IsEmpty)
        {
            throw Refuse("bundle", "this server trusts no Sigstore instance (setting trusted_roots), so no signature can be verified");
        }

        var keys = KeysOf(key);
        Rejected? last = null;
        try
        {
            var bundle = Bundle.Parse(bytes);
            var about = artifact ?? new ArtifactDigests(SubjectOf(bundle));
            foreach (var (verifier, name) in trusted)
            {
                switch (keys.Verify(verifier, bundle, about, Anybody))
                {
                    case Verified verified:
                        return (verified, name);
                    case Rejected rejected:
                        last = rejected;
                        break;
                }
            }
        }
        catch (Exception e) when (e is BundleFormatException or FormatException)
        {
            throw Refuse("bundle", e.Message);
        }

        throw Refuse("bundle", $"{JsonNamingPolicy.KebabCaseLower.ConvertName(last!.Reason.ToString())}: expected {last.Expected}, found {last.Found}");
    }

    /// <summary>Verifies a bundle once more; null when it does not hold.</summary>
    public Verified? TryVerify(ReadOnlyMemory<byte> bytes, ArtifactDigests artifact) =>
        trusted.Select(t => t.Verifier.Verify(bytes, artifact, Anybody)).OfType<Verified>().FirstOrDefault();

    private static ManagedKeys KeysOf(string? key)
    {
        try
        {
            return key is null ? ManagedKeys.None : new ManagedKeys([PublicKey.FromPem(key)]);
        }
        catch (FormatException e)
        {
            throw ApiError.InvalidInput("public_key", e.Message);
        }
    }

    /// <exception cref="FormatException">It names no SHA-256 digest.</exception>
    private static Digest SubjectOf(Bundle bundle) => bundle.Content switch
    {
        SignedEnvelope { Envelope: var envelope } => StatedLineage.Read(envelope.Payload).Subjects is [{ Digest: { } digest }, ..]
            ? digest
            : throw new FormatException("its statement has no subject with a SHA-256 digest"),
        MessageSignature { DigestAlgorithm.Name: "SHA256", Digest: { } digest } => Digest.FromBytes(digest.Span),
        _ => throw new FormatException("it does not name the SHA-256 digest of what it signs"),
    };

    private static StatedLineage ReadLineage(ReadOnlyMemory<byte> statement)
    {
        try
        {
            var lineage = StatedLineage.Read(statement);
            return lineage.Edges.Count <= MaximumEdges ? lineage : throw Refuse("bundle", $"its statement has more than {MaximumEdges} edges of lineage");
        }
        catch (FormatException e)
        {
            throw Refuse("bundle", e.Message);
        }
    }

    private static ImmutableArray<IndexEdge> EdgesOf(StatedLineage lineage) =>
        [.. lineage.Edges.Select(edge => new IndexEdge(NodeOf(edge.Child), EdgeWords.Of(edge.Kind, edge.Relation), NodeOf(edge.Parent)))];

    private static NodeKey NodeOf(StatedNode node)
    {
        if (node.Digest is not null)
        {
            return NodeKey.Of(node.Digest);
        }

        // Nobody makes a name that reads like a digest or an id.
        var name = Bounded.Text((node.Uri ?? node.Name)!);
        return NodeKey.Parse(name) is { IsNamed: true } key ? key : NodeKey.Named($"name:{name}");
    }

    private static bool IsSame(JsonObject stated, ReadOnlyMemory<byte> signed) =>
        SortedJson.Serialize(stated).AsSpan().SequenceEqual(SortedJson.Serialize(SortedJson.ParseObject(signed, "statement", MaximumStatement)));

    private static ApiError Refuse(string field, string message) => new(HttpStatusCode.UnprocessableEntity, "SIGNATURE_INVALID", $"{field}: {message}")
    {
        Details = json => json.WriteString("field", field),
    };
}

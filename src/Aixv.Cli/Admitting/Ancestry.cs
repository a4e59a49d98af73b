using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Predicates;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Admitting;

/// <summary>The ancestors of an artifact, verified under a policy.</summary>
internal sealed record Ancestry(DeepProof Proof, int Depth)
{
    /// <param name="depth">How far up; null takes the policy's depth.</param>
    /// <param name="recalls">The advisories that the policy would deny an artifact for.</param>
    public static Ancestry Verify(
        StoreView store, LoadedPolicy policy, Digest artifact, int? depth, Func<Digest, IReadOnlyList<string>> recalls, CancellationToken cancellationToken)
    {
        var levels = depth ?? policy.Policy.Lineage?.MaxDepth ?? LineageRules.DefaultDepth;
        var rules = new AncestorRules(
            levels,
            (signer, _) => policy.Trust.TrustsForLineage(signer.Subject, signer.Issuer) ? null : $"signed by {signer.Subject}, whom the policy does not trust for lineage",
            recalls);
        try
        {
            return new Ancestry(new DeepVerifier(store.Folder, store.Check, store.Key).Verify(artifact, store.Graph, rules, cancellationToken), levels);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandFailure($"{artifact}: {e.Message}");
        }
    }

    /// <summary>What a policy can judge. Strangers who contradict each other do not matter to it.</summary>
    public LineageEvidence ToEvidence(PolicyTrust trust) => new(
        Depth,
        !Proof.Nodes.Any(n => n.Depth > Depth),
        [.. Proof.Nodes.Where(n => n.Depth > 0 && n.Depth <= Depth).Select(n => new AncestorEvidence(n.Node.Digest, n.Node.Name ?? n.Node.Uri, n.Depth, n.Tier, Signer(n, trust)))],
        [.. Proof.Cycles.Select(Describe)],
        [.. Proof.Contradictions.Where(c => IsTrusted(trust, c.First) && IsTrusted(trust, c.Second)).Select(Describe)]);

    /// <summary>What stands against a deep verification whatever the policy asks of ancestors: recalls, cycles, refused signatures, contradictions.</summary>
    public IEnumerable<string> Faults => Proof.Nodes
        .Where(n => n.Depth > 0 && n.Standing is ProofStanding.Recalled or ProofStanding.Cyclic or ProofStanding.Refused or ProofStanding.Contradicted)
        .Select(n => $"ancestor {n.Node} at depth {n.Depth}: {n.Detail}");

    public static string Describe(LineageContradiction contradiction) =>
        $"{contradiction.Artifact}: {Name(contradiction.First)} and {Name(contradiction.Second)} name different parents";

    private string Describe(IReadOnlyList<int> cycle) => string.Join(" from ", cycle.Append(cycle[0]).Select(place => Proof.Nodes[place].Node.ToString()));

    private static string Name(LineageSource source) => source.Signer is { } signer ? $"{source.Path} by {signer.Subject}" : source.Path;

    private static bool IsTrusted(PolicyTrust trust, LineageSource source) =>
        source is { Status: SourceStatus.Verified, Signer: { } signer } && trust.TrustsForLineage(signer.Subject, signer.Issuer);

    private static SignerEvidence? Signer(ProofNode node, PolicyTrust trust)
    {
        var vouching = node.Records.Where(r => Vouching.Vouches(r.PredicateType)).ToList();
        var record = vouching.Find(r => IsTrusted(trust, r)) ?? vouching.Find(r => r is { Status: SourceStatus.Verified, Signer: not null });
        return record?.Signer is { } signer ? new SignerEvidence(signer.Subject, signer.Issuer) : null;
    }
}

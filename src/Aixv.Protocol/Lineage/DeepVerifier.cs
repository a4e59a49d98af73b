using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>
/// Verifies a lineage instead of believing it: the records of every ancestor are read again, their signatures checked, their signers
/// judged by the policy. The graph only tells where records are; edges come from what was verified here.
/// </summary>
/// <remarks>
/// Where a node has records by trusted signers, only their edges are followed; where it has none, all are, so that the weakness is shown
/// with what lies behind it. Signature checks are remembered, so that the second verification reads files and computes hashes only.
/// </remarks>
/// <param name="store">The store's folder.</param>
/// <param name="check">Checks signatures.</param>
/// <param name="key">Authenticates what is remembered.</param>
public sealed class DeepVerifier(string store, IRecordCheck check, IndexKey key)
{
    /// <summary>How many nodes are looked at, at most.</summary>
    public const int MaximumNodes = 100_000;

    /// <summary>Verifies the ancestors of an artifact.</summary>
    /// <param name="artifact">What is verified.</param>
    /// <param name="graph">The index of the store.</param>
    /// <param name="rules">What the policy says of ancestors.</param>
    /// <exception cref="InvalidOperationException">More than <see cref="MaximumNodes"/> ancestors.</exception>
    public DeepProof Verify(Digest artifact, LineageGraph graph, AncestorRules rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(rules);
        var memo = ProofMemo.Open(store, check.Fingerprint, key);
        var search = new DeepSearch(graph, rules, new RecordReader(store, check, memo));
        try
        {
            search.Start(new LineageNode(artifact, null, null, false));
            for (var place = 0; place < search.Count; place++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                search.Visit(place);
            }
        }
        finally
        {
            memo.Save();
        }

        return search.Finish();
    }
}

using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Tests.Lineage;

namespace Aixv.Protocol.Tests.Admission;

public sealed class GraphEvidenceTests : IDisposable
{
    private const string Alice = "alice@example.org";
    private const string Mallory = "mallory@evil.example";
    private readonly StoreFixture store = new();

    public void Dispose() => store.Dispose();

    private static Policy PolicyOf(string extra = "\"advisory_scope\":\"lineage\"") => Policy.Read(Samples.Json(
        $$"""{"policy_type":"aixv.policy/v1","allow_subjects":["{{Alice}}"],"advisory_allow_subjects":["security@example.org"],"require_no_active_advisories":true,{{extra}}}"""));

    private GraphEvidence Graph(Policy policy) => new(store.Refresh(new FakeCheck()).Graph, policy);

    private static Advisory Recall(int node, params Selector[] selectors) =>
        Advisory.Read(Samples.Advisory()) with { Affected = [new AffectedTarget(StoreFixture.Model(node), [.. selectors])] };

    /// <summary>The violations of model <paramref name="artifact"/> by advisories.</summary>
    private AdmissionDecision Decide(int artifact, Advisory advisory, Policy policy)
    {
        var digest = StoreFixture.Model(artifact);
        var evidence = new Evidence
        {
            Artifact = digest,
            Signatures = [Cases.Signature with { Signer = new SignerEvidence(Alice, Cases.Issuer) }],
            Advisories = [new AdvisoryEvidence(advisory, Cases.Security, Cases.Now, 0, [.. Graph(policy).Paths(advisory, digest)])],
        };
        return AdmissionEngine.Decide(Evidence.Read(evidence.ToJson()), policy, Cases.Now);
    }

    [Fact]
    public void A_recall_of_the_grandparent_denies_by_the_path_that_proves_it()
    {
        store.Train(2, Alice, 1);
        store.Train(3, Alice, 2);
        var decision = Decide(3, Recall(1, Selector.Descendants), PolicyOf());
        Assert.Equal(Decision.Deny, decision.Decision);
        var path = Assert.Single(Graph(PolicyOf()).Paths(Recall(1, Selector.Descendants), StoreFixture.Model(3)));
        Assert.Equal([StoreFixture.Model(1), StoreFixture.Model(2)], path.Edges.Select(e => e.Parent));
        Assert.All(path.Edges, edge => Assert.Equal((EvidenceTier.Attested, Alice), (edge.Tier, edge.Signer!.Subject)));
        Assert.Equal(Decision.Allow, Decide(3, Recall(1), PolicyOf()).Decision);
        Assert.Equal(Decision.Allow, Decide(3, Recall(1, Selector.Descendants), PolicyOf("\"advisory_scope\":\"self\"")).Decision);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Mallory)]
    public void An_edge_that_nobody_trusted_attests_changes_no_decision(string? signer)
    {
        store.Train(2, signer, 1);
        var decision = Decide(2, Recall(1, Selector.Descendants), PolicyOf());
        Assert.Equal(Decision.Allow, decision.Decision);
        Assert.Contains(decision.Evaluation.Children[1].Children, node => node.Detail.Contains("is not attested by a trusted subject", StringComparison.Ordinal));
    }

    [Fact]
    public void A_strangers_edge_does_not_hide_the_trusted_one()
    {
        store.Train(2, Mallory, 1);
        store.Train(2, Alice, 1);
        Assert.Equal(Decision.Deny, Decide(2, Recall(1, Selector.Descendants), PolicyOf()).Decision);
    }

    [Fact]
    public void Ancestors_come_with_their_tier_and_signer_up_to_the_policys_depth()
    {
        store.Train(1, Alice);
        store.Train(2, Mallory, 1);
        store.Train(3, Alice, 2);
        store.Attest(StoreFixture.Model(4), "training", new JsonObject
        {
            ["parent_models"] = new JsonArray(new JsonObject { ["digest"] = StoreFixture.Model(3).ToString() }, new JsonObject { ["uri"] = "hf://org/base" }),
        }, Alice);
        var lineage = Graph(PolicyOf("\"lineage\":{\"max_depth\":3}")).Lineage(StoreFixture.Model(4));
        Assert.True(lineage.IsComplete);
        Assert.Equal(
            [(1, EvidenceTier.Attested, Alice), (1, EvidenceTier.Described, null), (2, EvidenceTier.Attested, Mallory), (3, EvidenceTier.Attested, Alice)],
            lineage.Ancestors.Select(a => (a.Depth, a.Tier, a.Signer?.Subject)).OrderBy(a => a.Depth).ThenByDescending(a => a.Tier));
        Assert.False(Graph(PolicyOf("\"lineage\":{\"max_depth\":2}")).Lineage(StoreFixture.Model(4)).IsComplete);
    }

    [Fact]
    public void A_cycle_and_a_contradiction_are_told()
    {
        store.Train(1, Alice, 2);
        store.Train(2, Alice, 1);
        var lineage = Graph(PolicyOf()).Lineage(StoreFixture.Model(1));
        Assert.Contains(StoreFixture.Model(2).ToString(), Assert.Single(lineage.Cycles), StringComparison.Ordinal);

        store.Train(5, Alice, 6);
        store.Train(5, "bob@example.org", 7);
        var both = PolicyOf("\"lineage\":{\"allow_subjects\":[\"alice@example.org\",\"bob@example.org\"]}");
        Assert.Contains("name different parents", Assert.Single(Graph(both).Lineage(StoreFixture.Model(5)).Contradictions), StringComparison.Ordinal);
        Assert.Empty(Graph(PolicyOf()).Lineage(StoreFixture.Model(5)).Contradictions);
    }
}

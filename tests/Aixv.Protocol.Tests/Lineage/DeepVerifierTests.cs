using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class DeepVerifierTests(VirtualSigstore sigstore) : IDisposable
{
    private const string Alice = "alice@example.com";
    private const string Mallory = "mallory@example.com";
    private readonly StoreFixture store = new();
    private readonly HashSet<Digest> recalled = [];

    public void Dispose() => store.Dispose();

    private DeepProof Verify(int artifact, int depth = 10, FakeCheck? check = null)
    {
        var used = check ?? new FakeCheck();
        var rules = new AncestorRules(depth, (s, _) => s.Subject == Alice ? null : $"untrusted signer {s.Subject}", d => recalled.Contains(d) ? ["A-1"] : []);
        return new DeepVerifier(store.Root, used, store.Key)
            .Verify(StoreFixture.Model(artifact), store.Refresh(new FakeCheck()).Graph, rules, TestContext.Current.CancellationToken);
    }

    private static ProofStanding Of(DeepProof proof, int model) => proof.Nodes.Single(n => n.Node.Digest == StoreFixture.Model(model)).Standing;

    [Fact]
    public void A_lineage_that_is_signed_throughout_holds_and_shared_ancestors_come_once()
    {
        store.Train(4, Alice, 2, 3);
        store.Train(3, Alice, 1);
        store.Train(2, Alice, 1);
        store.Train(1, Alice);
        var proof = Verify(4);
        Assert.True(proof.Holds);
        Assert.Equal(4, proof.Nodes.Count);
        Assert.Equal([0, 1, 1, 2], proof.Nodes.Select(n => n.Depth));
        Assert.All(proof.Nodes, n => Assert.Equal(EvidenceTier.Attested, n.Tier));
        Assert.Equal(3, proof.PathTo(3).Count);
    }

    [Fact]
    public void An_advisory_or_a_decision_about_an_ancestor_does_not_vouch_for_it()
    {
        store.Train(3, Alice, 1, 2);
        store.Attest(StoreFixture.Model(1), "advisory", Samples.Advisory("A-9"), Alice);
        store.Attest(StoreFixture.Model(2), "deployment", new JsonObject { ["admitted_artifact_digest"] = StoreFixture.Model(2).ToString(), ["policy_id"] = "p", ["policy_decision"] = "deny" }, Alice);
        var proof = Verify(3);
        Assert.False(proof.Holds);
        Assert.Equal((ProofStanding.Missing, ProofStanding.Missing), (Of(proof, 1), Of(proof, 2)));
        Assert.Equal(2, proof.Nodes.Count(n => n.Tier == EvidenceTier.Identified));
    }

    [Fact]
    public void The_weakest_link_is_named_whatever_it_is()
    {
        store.Train(9, Alice, 1, 2, 3, 4, 5);
        store.Attest(StoreFixture.Model(1), "training", new JsonObject { ["parent_models"] = new JsonArray(new JsonObject { ["uri"] = "hf://org/x" }) }, Alice);
        store.Train(2, null);
        store.Train(3, Mallory);
        var refused = store.Train(4, Alice);
        File.WriteAllBytes($"{refused}.sigstore.json", FakeCheck.Sign(Alice, StoreFixture.Model(7), null));
        var proof = Verify(9);
        Assert.False(proof.Holds);
        Assert.Equal(
            [ProofStanding.Attested, ProofStanding.Attested, ProofStanding.WithoutSignature, ProofStanding.Untrusted, ProofStanding.Refused, ProofStanding.Missing],
            ((int[])[9, 1, 2, 3, 4, 5]).Select(m => Of(proof, m)));
        Assert.Equal(ProofStanding.Described, proof.Nodes.Single(n => n.Node.Uri == "hf://org/x").Standing);
        Assert.Equal((ProofStanding.Refused, StoreFixture.Model(4)), (proof.WeakestLink.Standing, proof.WeakestLink.Node.Digest));
        Assert.Contains("SubjectMismatch", proof.WeakestLink.Detail, StringComparison.Ordinal);

        recalled.Add(StoreFixture.Model(3));
        Assert.Equal((ProofStanding.Recalled, "recalled: A-1"), (Verify(9).WeakestLink.Standing, Verify(9).WeakestLink.Detail));
    }

    [Fact]
    public void Edges_of_strangers_are_not_followed_where_a_trusted_record_speaks()
    {
        store.Train(2, Alice, 1);
        store.Train(2, Mallory, 5);
        store.Train(1, Alice);
        var proof = Verify(2);
        Assert.True(proof.Holds);
        Assert.DoesNotContain(proof.Nodes, n => n.Node.Digest == StoreFixture.Model(5));
        Assert.True(Assert.Single(proof.Contradictions).Attested);
    }

    [Fact]
    public void A_cycle_ends_and_is_reported()
    {
        store.Train(1, Alice, 2);
        store.Train(2, Alice, 3);
        store.Train(3, Alice, 1);
        var proof = Verify(1);
        Assert.Equal(3, proof.Nodes.Count);
        Assert.Equal(3, Assert.Single(proof.Cycles).Count);
        Assert.Equal(ProofStanding.Cyclic, proof.WeakestLink.Standing);
    }

    [Fact]
    public void What_lies_deeper_is_said_to_be_unknown()
    {
        for (var i = 1; i < 6; i++)
        {
            store.Train(i, Alice, i - 1);
        }

        store.Train(0, Alice);
        Assert.True(Verify(5).Holds);
        var proof = Verify(5, depth: 2);
        Assert.Equal((ProofStanding.BeyondDepth, 3), (proof.WeakestLink.Standing, proof.WeakestLink.Depth));
        recalled.Add(StoreFixture.Model(2));
        Assert.Equal(ProofStanding.Recalled, Verify(5, depth: 2).WeakestLink.Standing);
    }

    [Fact]
    public void A_second_verification_checks_no_signature_and_a_changed_record_is_checked_again()
    {
        for (var i = 1; i < 20; i++)
        {
            store.Train(i, Alice, i - 1);
        }

        var check = new FakeCheck();
        var first = Verify(19, 50, check);
        Assert.Equal(19, check.Calls);
        var second = Verify(19, 50, check);
        Assert.Equal(19, check.Calls);
        Assert.Equal(first.Nodes.Select(n => (n.Node, n.Standing, n.Detail, n.Records[0])).Take(19), second.Nodes.Select(n => (n.Node, n.Standing, n.Detail, n.Records[0])).Take(19));

        var path = Directory.GetFiles(Path.Combine(store.Root, "attestations"), $"*{StoreFixture.Model(5).Hex}*.v1.json").Single();
        File.WriteAllText(path, File.ReadAllText(path).Replace(StoreFixture.Model(4).Hex, StoreFixture.Model(40).Hex, StringComparison.Ordinal));
        Assert.Equal(ProofStanding.Refused, Verify(19, 50, check).WeakestLink.Standing);
        Assert.Equal(20, check.Calls);
    }

    [Fact]
    public void A_memo_that_another_key_made_is_not_believed()
    {
        store.Train(1, Alice, 0);
        var check = new FakeCheck();
        Verify(1, 5, check);
        var memo = Directory.GetFiles(Path.Combine(store.Root, "index"), "proofs-*").Single();
        var bytes = File.ReadAllBytes(memo);
        bytes[3] ^= 1;
        File.WriteAllBytes(memo, bytes);
        Verify(1, 5, check);
        Assert.Equal(2, check.Calls);
    }

    [Fact]
    public void A_contradiction_between_trusted_signers_is_a_weakness()
    {
        store.Train(2, Alice, 1);
        store.Train(2, Mallory, 5);
        var rules = new AncestorRules(5, (_, _) => null, _ => []);
        var proof = new DeepVerifier(store.Root, new FakeCheck(), store.Key)
            .Verify(StoreFixture.Model(2), store.Refresh(new FakeCheck()).Graph, rules, TestContext.Current.CancellationToken);
        Assert.Equal(ProofStanding.Contradicted, Of(proof, 2));
    }

    [Fact]
    public async Task Real_signatures_attest_a_lineage_and_an_attestation_of_another_artifact_does_not()
    {
        var cancel = TestContext.Current.CancellationToken;
        var attestations = new AttestationStore(store.Root);
        async Task AttestAsync(int child, int parent, string email)
        {
            var predicate = PredicateTypes.Read("training", JsonNode.Parse($$"""{"parent_models":[{"digest":"{{StoreFixture.Model(parent)}}"}]}""")!.AsObject());
            var statement = new Statement([new StatementSubject("m", StoreFixture.Model(child))], predicate);
            attestations.Append(statement, await sigstore.AttestAsync(statement.ToBytes(), email), DateTimeOffset.UnixEpoch);
        }

        await AttestAsync(3, 2, VirtualSigstore.Release);
        await AttestAsync(2, 1, VirtualSigstore.Release);
        var check = new SigstoreRecordCheck(sigstore.Root);
        var (graph, report) = new StoreIndex(store.Root, store.Key, check, TimeProvider.System).Refresh(cancel);
        Assert.Empty(report.Problems);
        var rules = new AncestorRules(5, (s, _) => s.Subject == VirtualSigstore.Release && s.Issuer == sigstore.Issuer ? null : "untrusted", _ => []);
        var proof = new DeepVerifier(store.Root, check, store.Key).Verify(StoreFixture.Model(3), graph, rules, cancel);
        Assert.Equal([ProofStanding.Attested, ProofStanding.Attested, ProofStanding.Missing], proof.Nodes.Select(n => n.Standing));
        var source = graph.Source(0);
        Assert.Equal((SourceStatus.Verified, VirtualSigstore.Release), (source.Status, source.Signer!.Subject));
        Assert.NotNull(source.LogEntry!.IntegratedTime);

        string[] bundles = [.. Directory.GetFiles(Path.Combine(store.Root, "attestations"), "*.sigstore.json").Order()];
        File.Copy(bundles[0], bundles[1], overwrite: true);
        var after = new StoreIndex(store.Root, store.Key, check, TimeProvider.System).Refresh(cancel);
        Assert.Equal(SourceStatus.Refused, Assert.Single(after.Report.Problems).Status);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Rollbacks;
using Aixv.Protocol.Tests.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Rollbacks;

public sealed class RollbackPlannerTests : IDisposable
{
    private const string Alice = "alice@example.com";
    private readonly StoreFixture store = new();
    private readonly HashSet<Digest> recalled = [];

    public void Dispose() => store.Dispose();

    private Task<RollbackPlan> PlanAsync(int artifact, LineageGraph? graph = null)
    {
        graph ??= store.Refresh(new FakeCheck()).Graph;
        var planner = new RollbackPlanner(
            graph,
            (d, _) => Task.FromResult(d == StoreFixture.Model(66) ? new CandidateVerdict(false, ["denied by policy"]) : new CandidateVerdict(true, ["admitted"])),
            d => recalled.Contains(d) ? ["A-1"] : [],
            new StoreModelFacts(store.Root, graph).Find);
        return planner.PlanAsync(StoreFixture.Model(artifact), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<(int, CandidateOrigin)> Short(IEnumerable<RollbackCandidate> candidates) =>
        candidates.Select(c => (Enumerable.Range(0, 100).Single(i => StoreFixture.Model(i) == c.Node.Digest), c.Origin));

    private void Release(int number, string name, int parent, string? signer = Alice, string architecture = "Llama") => store.Attest(
        StoreFixture.Model(number),
        "training",
        JsonNode.Parse($$"""
            {"parent_models":[{"digest":"{{StoreFixture.Model(parent)}}"}],"metadata":{"architecture":"{{architecture}}","dtype":"bfloat16","context_length":{{4096 * number}} } }
            """)!.AsObject(),
        signer,
        name);

    [Fact]
    public async Task Earlier_releases_come_before_ancestors_and_ancestors_before_bundle_members()
    {
        Release(10, "chat", 1);
        Release(11, "chat", 1);
        Release(12, "other", 1);
        Release(13, "chat", 1, signer: "mallory@example.com");
        store.Train(1, Alice, 0);
        store.Record("bundle", "b1", JsonNode.Parse($$"""{"primary":"{{StoreFixture.Model(11)}}","members":["{{StoreFixture.Model(11)}}","{{StoreFixture.Model(12)}}"]}""")!.AsObject(), Alice);
        var plan = await PlanAsync(11);
        Assert.Equal(
            [(10, CandidateOrigin.EarlierRelease), (1, CandidateOrigin.Ancestor), (0, CandidateOrigin.Ancestor), (12, CandidateOrigin.BundleMember)],
            Short(plan.Candidates));
        Assert.Equal(["context length: 40960, 45056 now"], plan.Candidates[0].Incompatibilities.Select(i => i.ToString()));
        Assert.Empty(plan.Rejected);
    }

    [Fact]
    public async Task Another_release_of_the_bundles_line_is_a_candidate()
    {
        foreach (var (id, model) in ((string, int)[])[("chat-v1.0", 20), ("chat-v1.1", 21), ("chatty-v1", 22)])
        {
            Release(model, $"m{model}", 1);
            store.Record("bundle", id, JsonNode.Parse($$"""{"bundle_id":"{{id}}","primary":"{{StoreFixture.Model(model)}}","members":["{{StoreFixture.Model(model)}}"]}""")!.AsObject(), Alice);
        }

        Assert.Contains((20, CandidateOrigin.EarlierRelease), Short((await PlanAsync(21)).Candidates));
        Assert.DoesNotContain((22, CandidateOrigin.EarlierRelease), Short((await PlanAsync(21)).Candidates));
    }

    [Fact]
    public async Task What_fits_comes_before_what_is_known_not_to_fit()
    {
        Release(30, "chat", 1, architecture: "GPT2");
        Release(31, "chat", 30);
        store.Train(1, Alice);
        var plan = await PlanAsync(31);
        Assert.Equal([1, 30], Short(plan.Candidates).Select(c => c.Item1));
        Assert.Contains(new Incompatibility(ModelAspect.Architecture, "GPT2", "Llama"), plan.Candidates[^1].Incompatibilities);
        Assert.Contains(ModelAspect.Tokenizer, plan.Candidates[0].Unknown);
    }

    [Fact]
    public async Task Rejected_ones_say_why()
    {
        Release(66, "chat", 1);
        Release(67, "chat", 2);
        Release(68, "chat", 3);
        recalled.Add(StoreFixture.Model(2));
        var plan = await PlanAsync(68);
        Assert.Equal([3], Short(plan.Candidates).Select(c => c.Item1));
        Assert.Equal(["denied by policy"], plan.Rejected.Single(c => c.Node.Digest == StoreFixture.Model(66)).Reasons);
        Assert.Contains($"its ancestor {StoreFixture.Model(2)} is recalled: A-1", plan.Rejected.Single(c => c.Node.Digest == StoreFixture.Model(67)).Reasons);
    }

    [Fact]
    public async Task Datasets_tokenizers_and_records_are_no_models()
    {
        store.Attest(StoreFixture.Model(5), "training", JsonNode.Parse($$"""
            {"parent_models":[],"datasets":[{"digest":"{{StoreFixture.Model(6)}}"}],"metadata":{"tokenizer_digest":"{{StoreFixture.Model(7)}}"} }
            """)!.AsObject());
        store.Record("rollback", "RBK-1", new RollbackRecord(StoreFixture.Model(5), StoreFixture.Model(8), DateTimeOffset.UnixEpoch).ToJson());
        Assert.Equal([(8, CandidateOrigin.PreviousTarget)], Short((await PlanAsync(5)).Candidates));
    }

    [Fact]
    public async Task An_artifact_that_no_record_names_has_an_empty_plan()
    {
        var plan = await PlanAsync(77);
        Assert.Empty(plan.Candidates);
        Assert.Empty(plan.Rejected);
    }

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 40).Select(i => (ulong)i)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task A_plan_never_leads_onto_a_recalled_lineage(ulong seed)
    {
        var random = RandomLineage.Create(seed, 40, cyclic: seed % 4 == 0);
        var dice = new Dice(seed + 1000);
        for (var i = 0; i < 4; i++)
        {
            recalled.Add(StoreFixture.Model(dice.Below(random.Count)));
        }

        for (var node = 0; node < random.Count; node++)
        {
            var plan = await PlanAsync(node, random.Graph);
            foreach (var (candidate, _) in Short(plan.Candidates))
            {
                var lineage = random.Depths(candidate, e => (e.Child, e.Parent), e => e.Kind != EdgeKind.EvaluatedWith).Keys;
                Assert.DoesNotContain(lineage, n => recalled.Contains(StoreFixture.Model(n)));
            }

            Assert.All(plan.Rejected, r => Assert.NotEmpty(r.Reasons));
        }
    }

    [Fact]
    public void Facts_of_a_file_come_from_its_header_and_what_lies_beside()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "model.safetensors");
        var header = Encoding.UTF8.GetBytes("""{"__metadata__":{},"a":{"dtype":"BF16"},"b":{"dtype":"BF16"},"c":{"dtype":"F32"}}""");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)header.Length), .. header]);
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), """{"architectures":["LlamaForCausalLM"],"max_position_embeddings":8192,"torch_dtype":"float16"}""");
        File.WriteAllText(Path.Combine(folder.Path, "tokenizer.json"), "{}");
        Assert.Equal(
            new ModelFacts("LlamaForCausalLM", Digest.Of("{}"u8).ToString(), "bfloat16", 8192),
            ModelFactsReader.OfFile(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xxxxxxxxxxxxxxxx")]
    [InlineData("\u0005\0\0\0\0\0\0\0{\"a\":")]
    public void A_file_that_is_no_safetensors_file_tells_nothing(string content)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "model.bin");
        File.WriteAllText(path, content);
        Assert.Equal(new ModelFacts(), ModelFactsReader.OfFile(path, TestContext.Current.CancellationToken));
    }
}

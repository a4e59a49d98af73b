using System.Text.Json.Nodes;

namespace Aixv.Cli.Demonstration;

/// <summary>What the demo's registry is told over REST beside the signed statements: what things are called, how they were trained, where they run.</summary>
internal sealed class DemoStory(DemoRegistry registry, string folder)
{
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var agent = await registry.RegisterAsync("/v1/agents", new JsonObject { ["display_name"] = "demo trainer" }, cancellationToken);
        var general = await DescribeAsync("datasets", DemoFiles.General, agent, cancellationToken);
        var special = await DescribeAsync("datasets", DemoFiles.Special, agent, cancellationToken);
        var model = await DescribeAsync("models", DemoFiles.Base, agent, cancellationToken);
        var tuned = await DescribeAsync("models", DemoFiles.Tuned, agent, cancellationToken);
        await registry.RegisterAsync("/v1/training-runs", Run("pre-training", agent, model, general, null), cancellationToken);
        await registry.RegisterAsync("/v1/training-runs", Run("fine-tuning", agent, tuned, special, model), cancellationToken);
        await registry.RegisterAsync(
            "/v1/deployments", new JsonObject { ["agent_id"] = agent, ["name"] = "demo service", ["model_id"] = tuned, ["environment"] = "production" }, cancellationToken);
    }

    private Task<string> DescribeAsync(string what, string file, string agent, CancellationToken cancellationToken) => registry.RegisterAsync(
        $"/v1/{what}/attest", new JsonObject { ["agent_id"] = agent, ["name"] = file, ["hash"] = DemoFiles.DigestOf(folder, file)["sha256:".Length..] }, cancellationToken);

    private static JsonObject Run(string name, string agent, string model, string dataset, string? parent)
    {
        var run = new JsonObject
        {
            ["agent_id"] = agent,
            ["name"] = name,
            ["model_id"] = model,
            ["dataset_ids"] = new JsonArray((JsonNode)dataset),
            ["framework"] = "aixv-demo",
        };
        if (parent is not null)
        {
            run["base_model_ids"] = new JsonArray((JsonNode)parent);
        }

        return run;
    }
}

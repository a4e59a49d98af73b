using System.Text.Json.Nodes;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;

namespace Aixv.Track.Deployments;

/// <summary><c>/v1/deployments</c>: where a model runs.</summary>
internal sealed class DeploymentRoutes(Attester attester)
{
    private static readonly RecordRoutes Records = new(RecordType.Deployment, "deployments");

    public void Map(ApiRoutes routes) => routes
        .Post("/v1/deployments", Scope.ModelsWrite, CreateAsync)
        .Get("/v1/deployments", Scope.ModelsRead, call => Records.ListAsync(call))
        .Get("/v1/deployments/{id}", Scope.ModelsRead, Records.GetAsync)
        .Post("/v1/deployments/{id}/revoke", Scope.ModelsWrite, Records.RevokeAsync)
        .Post("/v1/deployments/{id}/supersede", Scope.ModelsWrite, Records.SupersedeAsync);

    private async Task CreateAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var models = await Attester.ResolveAsync(call, RecordType.Model, "model_id", [request.RequiredText("model_id")], Relationships.DeployedAs);
        var members = new JsonObject
        {
            ["environment"] = request.Text("environment", 256),
            ["endpoint"] = request.Text("endpoint", 2048),
            ["policy_id"] = request.Text("policy_id", 128),
            ["policy_decision"] = request.Text("policy_decision", 32),
            ["metadata"] = request.Object("metadata") ?? [],
        };
        await attester.AttestAsync(call, request, RecordType.Deployment, members, models);
    }
}

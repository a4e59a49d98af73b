using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;

namespace Aixv.Track.Runs;

/// <summary><c>/v1/training-runs</c>: what a model was trained by, and on what.</summary>
/// <remarks>A run comes from what it read: base models and datasets. The model that came of it is laid down with the run, or names it.</remarks>
internal sealed class TrainingRunRoutes(Attester attester)
{
    private const int MaximumReferences = 256;
    private static readonly RecordRoutes Records = new(RecordType.TrainingRun, "training_runs");

    public void Map(ApiRoutes routes) => routes
        .Post("/v1/training-runs", Scope.ModelsWrite, RecordAsync)
        .Get("/v1/training-runs", Scope.ModelsRead, call => Records.ListAsync(call))
        .Get("/v1/training-runs/{id}", Scope.ModelsRead, Records.GetAsync)
        .Post("/v1/training-runs/{id}/revoke", Scope.ModelsWrite, Records.RevokeAsync);

    private async Task RecordAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var references = new List<Reference>();
        references.AddRange(await Attester.ResolveAsync(call, RecordType.Dataset, "dataset_ids", request.Texts("dataset_ids", MaximumReferences), Relationships.TrainedOn));
        references.AddRange(await Attester.ResolveAsync(
            call, RecordType.Model, "model_id", request.Text("model_id") is { } model ? [model] : [], Relationships.Produced));
        references.AddRange(await Attester.ResolveAsync(
            call, RecordType.Model, "base_model_ids", request.Texts("base_model_ids", MaximumReferences), Relationships.DerivedFrom));
        var (started, finished) = (request.Time("started_at"), request.Time("finished_at"));
        if (finished < started)
        {
            throw ApiError.InvalidInput("finished_at", "is before started_at");
        }

        var members = new JsonObject
        {
            ["framework"] = request.Text("framework", 64),
            ["framework_version"] = request.Text("framework_version", 64),
            ["code_uri"] = request.Text("code_uri", 2048),
            ["code_hash"] = request.Hash("code_hash")?.Hex,
            ["environment_uri"] = request.Text("environment_uri", 2048),
            ["environment_hash"] = request.Hash("environment_hash")?.Hex,
            ["hyperparameters"] = request.Object("hyperparameters") ?? [],
            ["metrics"] = request.Object("metrics") ?? [],
            ["metadata"] = request.Object("metadata") ?? [],
            ["started_at"] = started is { } start ? Rfc3339.Format(start) : null,
            ["finished_at"] = finished is { } end ? Rfc3339.Format(end) : null,
        };
        await attester.AttestAsync(call, request, RecordType.TrainingRun, members, references);
    }
}

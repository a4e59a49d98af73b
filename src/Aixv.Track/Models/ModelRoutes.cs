using System.Text.Json.Nodes;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;

namespace Aixv.Track.Models;

/// <summary><c>/v1/models</c>.</summary>
internal sealed class ModelRoutes(Attester attester, ModelVerdict verdict)
{
    private const int MaximumReferences = 256;
    private const int DefaultDepth = 3;
    private const int MaximumDepth = 64;
    private static readonly string[] Directions = ["ancestors", "descendants", "both"];
    private static readonly RecordRoutes Records = new(RecordType.Model, "models");

    public void Map(ApiRoutes routes) => routes
        .Post("/v1/models/attest", Scope.ModelsWrite, AttestAsync)
        .Post("/v1/models/verify", Scope.ModelsRead, verdict.AnswerAsync)
        .Get("/v1/models", Scope.ModelsRead, call => Records.ListAsync(call))
        .Get("/v1/models/by-hash/{digest}", Scope.ModelsRead, call => Records.ListAsync(call, new IndexTerm("hash", RecordRoutes.Hash("digest", call.Route("digest")))))
        .Get("/v1/models/{id}", Scope.ModelsRead, Records.GetAsync)
        .Get("/v1/models/{id}/lineage", Scope.ModelsRead, LineageAsync)
        .Post("/v1/models/{id}/revoke", Scope.ModelsWrite, Records.RevokeAsync)
        .Post("/v1/models/{id}/supersede", Scope.ModelsWrite, Records.SupersedeAsync);

    private async Task AttestAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var relationship = request.Text("relationship") ?? "fine_tuned_from";
        RequireRelationship("relationship", relationship);
        var references = new List<Reference>();
        references.AddRange(await Attester.ResolveAsync(call, RecordType.Dataset, "training_dataset_ids", request.Texts("training_dataset_ids", MaximumReferences), Relationships.TrainedOn));
        references.AddRange(await Attester.ResolveAsync(call, RecordType.Model, "parent_model_ids", request.Texts("parent_model_ids", MaximumReferences), relationship));
        foreach (var parent in request.Objects("parents", MaximumReferences))
        {
            var how = parent.Text("relationship") ?? relationship;
            RequireRelationship("parents.relationship", how);
            references.AddRange(await Attester.ResolveAsync(call, RecordType.Model, "parents.model_id", [parent.Text("model_id") ?? parent.RequiredText("id")], how));
        }

        await attester.AttestAsync(call, request, RecordType.Model, Members(request), references);
    }

    private static void RequireRelationship(string field, string relationship)
    {
        if (!Relationships.OfModels.Contains(relationship))
        {
            throw ApiError.InvalidInput(field, $"expected one of {string.Join(", ", Relationships.OfModels)}");
        }
    }

    private static JsonObject Members(RequestObject request)
    {
        var framework = request.Text("framework", 64);
        return new JsonObject
        {
            ["framework"] = framework?.ToLowerInvariant() is "pytorch" or "tensorflow" or "onnx" or "custom" ? framework.ToLowerInvariant() : framework,
            ["hyperparameters"] = request.Object("hyperparameters") ?? [],
            ["metrics"] = request.Object("metrics") ?? [],
            ["metadata"] = request.Object("metadata") ?? [],
            ["uri"] = request.Text("uri", 2048),
        };
    }

    /// <summary>Both documented forms in one: nodes and edges, and training_runs, datasets and parent_models.</summary>
    private static async Task LineageAsync(ApiCall call)
    {
        var record = await Records.FindAsync(call, "id");
        var direction = call.Query("direction") ?? "both";
        if (!Directions.Contains(direction))
        {
            throw ApiError.InvalidInput("direction", $"expected one of {string.Join(", ", Directions)}");
        }

        var lineage = await RecordLineage.OfAsync(call, record, call.QueryNumber("depth", DefaultDepth, 1, MaximumDepth), direction);
        var own = AttestedRecord.Read(record);
        await Listing.AnswerAsync(call, new JsonObject
        {
            ["model_id"] = call.Route("id"),
            ["id"] = Ids.Model(own.ShownId),
            ["nodes"] = lineage.NodesToJson(),
            ["edges"] = lineage.EdgesToJson(),
            ["training_datasets"] = Direct(lineage, record, own, RecordType.Dataset, stored => Short(stored)),
            ["datasets"] = Direct(lineage, record, own, RecordType.Dataset, stored => AttestedRecord.Read(stored).ToJson(stored, null)),
            ["parent_models"] = Direct(lineage, record, own, RecordType.Model, stored => AttestedRecord.Read(stored).ToJson(stored, null)),
            ["training_runs"] = lineage.Direct(record, RecordType.TrainingRun, stored => AttestedRecord.Read(stored).ToJson(stored, null)),
            ["truncated"] = lineage.IsTruncated,
        });
    }

    /// <summary>What the record itself refers to, of one type.</summary>
    private static JsonArray Direct(RecordLineage lineage, StoredRecord record, AttestedRecord own, RecordType type, Func<StoredRecord, JsonObject> describe)
    {
        var ids = own.References.Where(r => r.Type == type).Select(r => r.Id).ToHashSet();
        return new([.. lineage.Records.Where(r => r.Type == type && r.Id != record.Id && ids.Contains(r.Id)).OrderBy(r => r.Index).Select(describe)]);
    }

    private static JsonObject Short(StoredRecord stored)
    {
        var dataset = AttestedRecord.Read(stored);
        return new JsonObject
        {
            ["id"] = Ids.Dataset(dataset.ShownId),
            ["dataset_id"] = dataset.ShownId.ToString(),
            ["name"] = dataset.Name,
            ["version"] = dataset.Version,
            ["status"] = stored.Status,
        };
    }
}

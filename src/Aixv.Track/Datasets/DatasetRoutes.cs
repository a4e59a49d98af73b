using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;
using Aixv.Track.Storage;

namespace Aixv.Track.Datasets;

/// <summary><c>/v1/datasets</c>.</summary>
internal sealed class DatasetRoutes(Attester attester)
{
    private const int MaximumReferences = 256;
    private static readonly RecordRoutes Records = new(RecordType.Dataset, "datasets");

    public void Map(ApiRoutes routes) => routes
        .Post("/v1/datasets/attest", Scope.DatasetsWrite, AttestAsync)
        .Get("/v1/datasets", Scope.DatasetsRead, call => Records.ListAsync(call))
        .Get("/v1/datasets/by-hash/{digest}", Scope.DatasetsRead, call => Records.ListAsync(call, new IndexTerm("hash", RecordRoutes.Hash("digest", call.Route("digest")))))
        .Get("/v1/datasets/lineage/{id}", Scope.DatasetsRead, LineageAsync)
        .Get("/v1/datasets/{id}", Scope.DatasetsRead, Records.GetAsync)
        .Get("/v1/datasets/{id}/lineage", Scope.DatasetsRead, LineageAsync)
        .Post("/v1/datasets/{id}/revoke", Scope.DatasetsWrite, Records.RevokeAsync)
        .Post("/v1/datasets/{id}/supersede", Scope.DatasetsWrite, Records.SupersedeAsync);

    private async Task AttestAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var relationship = request.Text("relationship") ?? "derived_from";
        if (!Relationships.OfDatasets.Contains(relationship))
        {
            throw ApiError.InvalidInput("relationship", $"expected one of {string.Join(", ", Relationships.OfDatasets)}");
        }

        var references = await Attester.ResolveAsync(call, RecordType.Dataset, "parent_dataset_ids", request.Texts("parent_dataset_ids", MaximumReferences), relationship);
        var members = new JsonObject
        {
            ["format"] = request.Text("format", 64),
            ["size_bytes"] = request.Number("size_bytes", 0, long.MaxValue),
            ["record_count"] = request.Number("record_count", 0, long.MaxValue),
            ["schema_version"] = request.Text("schema_version", 128),
            ["source_uri"] = request.Text("source_uri", 2048),
            ["transformation"] = request.Text("transformation", 256),
            ["metadata"] = request.Object("metadata") ?? [],
        };
        await attester.AttestAsync(call, request, RecordType.Dataset, members, references);
    }

    /// <summary>Both documented forms in one: nodes and edges, and the list of steps.</summary>
    private static async Task LineageAsync(ApiCall call)
    {
        var record = await Records.FindAsync(call, "id");
        var lineage = await RecordLineage.OfAsync(call, record, call.QueryNumber("depth", 3, 1, 64), "both");
        await Listing.AnswerAsync(call, new JsonObject
        {
            ["dataset_id"] = call.Route("id"),
            ["id"] = Ids.Dataset(AttestedRecord.Read(record).ShownId),
            ["nodes"] = lineage.NodesToJson(),
            ["edges"] = lineage.EdgesToJson(),
            ["lineage"] = new JsonArray([.. lineage.Records.Where(r => r.Type == RecordType.Dataset).OrderBy(r => r.Index).SelectMany(Steps)]),
            ["truncated"] = lineage.IsTruncated,
        });
    }

    private static IEnumerable<JsonObject> Steps(StoredRecord stored)
    {
        var dataset = AttestedRecord.Read(stored);
        return dataset.References.Select(reference => new JsonObject
        {
            ["dataset_id"] = dataset.ShownId.ToString(),
            ["transformation"] = dataset.Members["transformation"]?.DeepClone() ?? reference.Relationship,
            ["source_dataset_id"] = reference.ShownId.ToString(),
            ["agent_id"] = TrackId.Parse(dataset.AgentForm).ToString(),
            ["timestamp"] = Rfc3339.Format(stored.Created),
        });
    }
}

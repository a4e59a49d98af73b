using System.Net;
using System.Text.Json;
using Aixv.Sigstore.Json;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;

namespace Aixv.Track.Importing;

/// <summary><c>/v1/import</c>: batches of nodes of graphs that exist already. They are described until proof of them arrives.</summary>
internal static class ImportRoutes
{
    private const int MaximumBody = 1536 * 1024;

    public static void Map(ApiRoutes routes) => routes
        .Post("/v1/import", Scope.ImportWrite, TakeAsync, MaximumBody)
        .Get("/v1/import", Scope.ImportWrite, AnswerStateAsync);

    private static async Task TakeAsync(ApiCall call)
    {
        var content = await call.ReadBodyAsync();
        using var json = await call.ReadJsonAsync();
        var batch = ImportBatch.Read(json.RootElement, content.Span);
        var nodes = DescribedJson.ListOf(json.RootElement).GetArrayLength();

        // Each node is read where the index is told of it, before anything is written.
        var (index, isNew) = await call.Session.WriteAsync(GraphImported.KindName, content, cancellationToken: call.Cancelled) switch
        {
            Written written => (written.Index, true),
            Existing existing => (existing.Index, false),
            Taken => throw ApiError.Conflict($"batch {batch.Number} of the run '{batch.Run}' was another one"),
            var other => throw new InvalidDataException($"track: {other}"),
        };
        await call.AnswerAsync(
            answer =>
            {
                answer.WriteNumber("nodes", nodes);
                answer.WriteNumber("log_index", index);
                answer.WriteBoolean("existing", !isNew);
            },
            isNew ? HttpStatusCode.Created : HttpStatusCode.OK);
    }

    /// <summary>The last batch of an input, and whether another run of the same source came after it.</summary>
    private static async Task AnswerStateAsync(ApiCall call)
    {
        var input = call.Query("input") ?? throw ApiError.InvalidInput("input", "is missing");
        var last = await LastAsync(call, new IndexTerm(GraphImported.InputTerm, input));
        var isNewest = last is { } found && await LastAsync(call, new IndexTerm(GraphImported.SourceTerm, found.Batch.Source)) is { } newest && newest.Batch.Run == found.Batch.Run;
        await call.AnswerAsync(answer =>
        {
            answer.WriteString("input", input);
            if (last is { } batch)
            {
                answer.WriteStartObject("latest");
                Write(answer, batch);
                answer.WriteBoolean("newest", isNewest);
                answer.WriteEndObject();
            }
            else
            {
                answer.WriteNull("latest");
            }
        });
    }

    private static void Write(Utf8JsonWriter answer, (StoredEntry Stored, ImportBatch Batch) last)
    {
        answer.WriteString("source", last.Batch.Source);
        answer.WriteString("run", last.Batch.Run);
        answer.WriteNumber("number", last.Batch.Number);
        answer.WriteBoolean("last", last.Batch.IsLast);
        answer.WriteNumber("log_index", last.Stored.Index);
        answer.WriteString("created_at", Rfc3339.Format(last.Stored.Entry.Time));
        answer.WritePropertyName("progress");
        answer.WriteRawValue(last.Batch.Progress);
    }

    private static async ValueTask<(StoredEntry Stored, ImportBatch Batch)?> LastAsync(ApiCall call, IndexTerm term)
    {
        if (await call.Session.View.ListEntriesAsync(term, null, 1, call.Cancelled) is not [var stored])
        {
            return null;
        }

        using var json = JsonDocument.Parse(stored.Entry.Content);
        return (stored, ImportBatch.Read(json.RootElement, stored.Entry.Content.Span));
    }
}

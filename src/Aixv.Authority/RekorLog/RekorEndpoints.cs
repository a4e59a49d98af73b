using System.Globalization;
using System.Net;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Tiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Authority.RekorLog;

/// <summary>The Rekor v2 API: <c>POST /api/v2/log/entries</c>, and the log's files under <c>/api/v2/</c>.</summary>
/// <remarks><c>GET /api/v2/log/entries/{index}</c> is this server's own: where a refused duplicate is found again.</remarks>
internal sealed class RekorEndpoints(RekorTree tree)
{
    private const string Entries = "/api/v2/log/entries";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Entries, (RequestDelegate)AddAsync);
        routes.MapGet($"{Entries}/{{index}}", (RequestDelegate)FindAsync);
        LogFiles.Map(routes, "/api/v2", tree.Store);
    }

    private async Task AddAsync(HttpContext context)
    {
        var request = Read(await RequestBody.ReadAsync(context, LogRequest.MaximumBytes));
        try
        {
            var entry = await tree.AppendAsync(request.Body, context.RequestAborted);
            await AnswerAsync(context, request.Kind, request.Body, entry.Proof, entry.Checkpoint, HttpStatusCode.Created);
        }
        catch (DuplicateEntryException e)
        {
            var index = e.Index.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["x-log-index"] = index;
            context.Response.Headers.Location = $"{Entries}/{index}";
            await JsonAnswer.ErrorAsync(context, HttpStatusCode.Conflict, GrpcCode.AlreadyExists, e.Message);
        }
    }

    private static LogRequest Read(ReadOnlyMemory<byte> body)
    {
        LogRequest request;
        try
        {
            request = LogRequest.Read(body);
        }
        catch (FormatException e)
        {
            throw ApiError.Invalid(e.Message);
        }

        return request.Body.Length <= EntryBundle.MaximumEntry
            ? request
            : throw ApiError.Invalid($"the entry would have {request.Body.Length} bytes, at most {EntryBundle.MaximumEntry} fit");
    }

    private async Task FindAsync(HttpContext context)
    {
        var note = tree.Log.LatestCheckpoint;
        var size = Checkpoint.Parse(note.Text.Span).Size;
        if (!ulong.TryParse(context.Request.RouteValues["index"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= size)
        {
            throw ApiError.NotFound("there is no such entry");
        }

        var body = await tree.Log.ReadEntryAsync(index, context.RequestAborted);
        var proof = await tree.Log.ProveInclusionAsync(index, size, context.RequestAborted);
        var kind = ProtoObject.Parse(body, EntryBundle.MaximumEntry).RequiredText("kind");
        await AnswerAsync(context, kind, body, proof, note, HttpStatusCode.OK);
    }

    private Task AnswerAsync(HttpContext context, string kind, ReadOnlyMemory<byte> body, InclusionProof proof, SignedNote note, HttpStatusCode status)
    {
        var root = proof.RootFrom(MerkleTree.HashLeaf(body.Span))!.Value;
        var answer = JsonAnswer.Build(
            writer => EntryAnswer.Write(writer, kind, tree.LogId, body.Span, proof, root.Span, note.ToBytes()), expectedLength: 4096);
        return JsonAnswer.WriteAsync(context, answer, "application/json", status);
    }
}

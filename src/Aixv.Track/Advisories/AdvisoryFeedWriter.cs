using System.Text.Encodings.Web;
using System.Text.Json;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Advisories;

/// <summary><c>GET /v1/advisories/feed.json</c>: what <c>aixv advisory sync --feed</c> takes; records and bundles in place, oldest first.</summary>
/// <remarks>The feed itself is not signed: every record in it is, and is verified by who takes it.</remarks>
internal static class AdvisoryFeedWriter
{
    private const int Page = 500;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task AnswerAsync(ApiCall call)
    {
        var view = call.ViewWith(Scope.AttestationsRead);
        var found = new List<(long Index, PublishedAdvisory Advisory)>();
        for (long? before = null; ;)
        {
            var page = await view.ListAsync(new RecordQuery { Type = RecordType.Advisory, Before = before, Limit = Page, Count = false }, call.Cancelled);
            found.AddRange(page.Items.Select(item => (item.Index, PublishedAdvisory.Read(item.Content))));
            if ((before = page.Next) is null || found.Count >= FeedSyncRequest.MaximumEntriesByDefault)
            {
                break;
            }
        }

        var response = call.Context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = call.IsSignedIn ? "private, no-cache" : "no-cache";
        if (HttpMethods.IsHead(call.Context.Request.Method))
        {
            return;
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter, Plain);
        json.WriteStartObject();
        json.WriteString("schema", AdvisoryFeed.Schema);
        json.WriteStartArray("entries");
        // A store that follows takes the words of one signer only in the order of their signatures.
        foreach (var (_, advisory) in found.OrderBy(a => a.Advisory.SignedAt).ThenBy(a => a.Index))
        {
            json.WriteStartObject();
            await WriteAsync("record", advisory.Record);
            await WriteAsync("bundle", advisory.Bundle);
            json.WriteEndObject();
            json.Flush();
            await response.BodyWriter.FlushAsync(call.Cancelled);
        }

        json.WriteEndArray();
        json.WriteEndObject();

        async ValueTask WriteAsync(string name, Sigstore.Artifacts.Digest digest)
        {
            var bytes = await view.ReadAttachmentAsync(digest, call.Cancelled) ?? throw new InvalidDataException("track: the index names an attachment that is not there");
            json.WritePropertyName(name);
            json.WriteRawValue(bytes.Span);
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Aixv.Export;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Artifacts;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Lineage;

namespace Aixv.Track.Exports;

/// <summary><c>/v1/artifacts/{digest}/exports</c>: every format of Aixv.Export, made of what the registry knows; nothing is invented.</summary>
internal sealed class ArtifactExports(BundleReading reading, TrackOptions options)
{
    private readonly ArtifactDossiers dossiers = new(reading, options);

    /// <summary>Every format with its address; whether it can be written is said by the list of exports.</summary>
    public static JsonObject Links(Digest digest) => new(Exporters.All.Select(exporter =>
        KeyValuePair.Create<string, JsonNode?>(exporter.Format.Id, $"/v1/artifacts/{digest}/exports/{exporter.Format.Id}")));

    public async Task ListAsync(ApiCall call, ArtifactGraph graph)
    {
        var artifact = await ArtifactFinding.RequireAsync(call, graph);
        var dossier = await dossiers.BuildAsync(call, artifact);
        var items = new JsonArray([.. Exporters.All.Select(exporter => Describe(artifact.Digest, exporter, dossier))]);
        await Listing.AnswerAsync(call, new JsonObject
        {
            ["digest"] = artifact.Digest.ToString(),
            ["exports"] = items,
            ["items"] = items.DeepClone(),
            ["total"] = items.Count,
        });
    }

    private static JsonObject Describe(Digest digest, Exporter exporter, Dossier dossier)
    {
        var missing = exporter.Missing(dossier);
        return new JsonObject
        {
            ["format"] = exporter.Format.Id,
            ["standard"] = exporter.Format.Standard,
            ["version"] = exporter.Format.Version,
            ["media_type"] = exporter.Format.MediaType,
            ["category"] = exporter.Format.Category.ToString().ToLowerInvariant(),
            ["available"] = missing.Count == 0,
            ["missing"] = new JsonArray([.. missing.Select(m => (JsonNode)m)]),
            ["href"] = $"/v1/artifacts/{digest}/exports/{exporter.Format.Id}",
        };
    }

    public async Task AnswerAsync(ApiCall call, ArtifactGraph graph)
    {
        var exporter = Exporters.Find(call.Route("format")) ?? throw ApiError.NotFound($"there is no export format '{call.Route("format")}'; /v1/artifacts/{{digest}}/exports lists them");
        var artifact = await ArtifactFinding.RequireAsync(call, graph);
        var dossier = await dossiers.BuildAsync(call, artifact);
        if (exporter.Missing(dossier) is { Count: > 0 } missing)
        {
            throw new ApiError(HttpStatusCode.UnprocessableEntity, "EXPORT_UNAVAILABLE", $"{exporter.Format.Id} needs {string.Join("; and ", missing)}")
            {
                Details = json =>
                {
                    json.WriteStartArray("missing");
                    foreach (var what in missing)
                    {
                        json.WriteStringValue(what);
                    }

                    json.WriteEndArray();
                },
            };
        }

        using var output = new MemoryStream();
        exporter.Write(dossier, output);
        var name = exporter.FileName(dossier) ?? $"{artifact.Digest.Hex[..16]}{exporter.Format.Extension}";
        call.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'))}\"";
        await call.AnswerAsync(output.GetBuffer().AsMemory(0, (int)output.Length), contentType: exporter.Format.MediaType);
    }
}

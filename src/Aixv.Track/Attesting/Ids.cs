using Aixv.Track.Hosting;
using Aixv.Track.Storage;

namespace Aixv.Track.Attesting;

/// <summary>The spellings of records' ids: a prefix and a ULID beside the UUID.</summary>
internal static class Ids
{
    public static string Model(TrackId id) => $"maip-model:{id.ToUlid()}";

    public static string Dataset(TrackId id) => $"maip-ds:{id.ToUlid()}";

    public static string Deployment(TrackId id) => $"maip-deployment:{id.ToUlid()}";

    public static string TrainingRun(TrackId id) => $"maip-run:{id.ToUlid()}";

    /// <summary>With the first eight hex digits of the tenant's UUID.</summary>
    public static string Agent(TrackId tenant, TrackId id) => $"maip:{tenant.ToString()[..8]}:{id.ToUlid()}";

    /// <summary>An id in a request, in any spelling.</summary>
    /// <exception cref="ApiError">None of them.</exception>
    public static TrackId Parse(string field, string text) => TrackId.TryParse(text, out var id) ? id : throw ApiError.InvalidId(field, text);
}

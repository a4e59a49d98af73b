namespace Aixv.Track.Hosting;

/// <summary>The list of the API's features: a new one is one line here.</summary>
internal static class TrackFeatures
{
    public static void Map(ApiRoutes routes, TrackRegistry registry)
    {
    }
}

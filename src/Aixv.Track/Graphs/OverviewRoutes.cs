using Aixv.Track.Hosting;
using Aixv.Track.Keys;

namespace Aixv.Track.Graphs;

/// <summary><c>GET /v1/overview</c>. Open to all, for what is public.</summary>
internal sealed class OverviewRoutes(Overviews overviews)
{
    public void Map(ApiRoutes routes) => routes.Open("GET", "/v1/overview", async call =>
        await call.AnswerAsync(await overviews.ReadAsync(call.ViewWith(Scope.AttestationsRead), call.Cancelled)));
}

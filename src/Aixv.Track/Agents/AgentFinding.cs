using System.Diagnostics;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Agents;

/// <summary>The agents of the caller's tenant.</summary>
internal static class AgentFinding
{
    private const int AgentBytes = 32 * 1024;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <exception cref="ApiError">The tenant has none with this id.</exception>
    public static async ValueTask<Agent> FindAsync(ApiCall call, TrackId id) =>
        await call.Session.View.FindAsync(RecordType.Agent, id, call.Cancelled) is { } record
            ? Agent.Read(record)
            : throw ApiError.NotFound($"there is no agent {id}");

    /// <summary>The id under which the agent is known here; the id itself where the tenant has no such agent.</summary>
    public static async ValueTask<TrackId> IdOfAsync(ApiCall call, TrackId id) =>
        (await call.Session.View.FindAsync(RecordType.Agent, id, call.Cancelled))?.Id ?? id;

    /// <summary>The agent, if it may attest now.</summary>
    /// <exception cref="ApiError">There is none, or it may not.</exception>
    public static async ValueTask<Agent> RequireActiveAsync(ApiCall call, TrackId id)
    {
        // Whether it is active is asked again when the entry gets its place in the log: this only finds it.
        var (agents, key, now) = (call.Registry.Agents, (call.Session.Tenant.Realm, id), call.Registry.Time.GetUtcNow());
        Agent agent;
        if (agents.TryGet(key, out var kept) && kept.Until > now)
        {
            agent = kept.Agent;
        }
        else
        {
            agent = await FindAsync(call, id);
            agents.Add(key, (agent, now + Freshness), AgentBytes, agents.Epoch);
        }

        return agent.StatusAt(call.Session.Now()) is var status && status == AgentStatus.Active ? agent : throw NotActive(id, status);
    }

    public static ApiError NotActive(TrackId id, string? status) => ApiError.Forbidden($"the agent {id} is {status ?? "unknown"}; only an active agent attests");

    /// <summary>The agent that was registered now, or by the same request before.</summary>
    public static async ValueTask<Agent> OfAsync(ApiCall call, WriteOutcome outcome)
    {
        var index = outcome switch
        {
            Written written => written.Index,
            Existing existing => existing.Index,
            _ => throw new UnreachableException(),
        };
        var record = await call.Session.View.FindByIndexAsync(index, call.Cancelled) ?? throw new UnreachableException();
        return Agent.Read(record);
    }
}

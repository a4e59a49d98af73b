using System.Net;
using System.Text.Json.Nodes;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Agents;

/// <summary><c>/v1/agents</c>: who may attest.</summary>
internal static class AgentRoutes
{
    private const int MaximumScopes = 64;
    private const int MaximumMetadata = 16 * 1024;
    private static readonly string[] Types = ["orchestrator", "worker", "inference", "pipeline", "service", "bot", "llm"];
    private static readonly string[] TrustLevels = ["authenticated", "self_asserted"];

    public static void Map(ApiRoutes routes) => routes
        .Post("/v1/agents", Scope.AgentsWrite, RegisterAsync)
        .Get("/v1/agents", Scope.AgentsRead, ListAsync)
        .Get("/v1/agents/{id}", Scope.AgentsRead, async call => await AnswerAsync(call, await AgentFinding.FindAsync(call, call.RouteId("id"))))
        .Patch("/v1/agents/{id}", Scope.AgentsWrite, ChangeAsync)
        .Post("/v1/agents/{id}/suspend", Scope.AgentsWrite, call => SetStatusAsync(call, AgentStatus.Suspended))
        .Post("/v1/agents/{id}/activate", Scope.AgentsWrite, call => SetStatusAsync(call, AgentStatus.Active))
        .Post("/v1/agents/{id}/revoke", Scope.AgentsWrite, call => SetStatusAsync(call, AgentStatus.Revoked));

    private static async Task RegisterAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var type = request.Text("agent_type") ?? "worker";
        var identity = request.Object("identity");
        var agent = new Agent
        {
            Id = TrackId.New(call.Session.Now()),
            Alias = Alias.Read(request, "id", "agent_id"),
            DisplayName = request.Text("display_name", 256) ?? request.Text("name", 256) ?? throw ApiError.InvalidInput("display_name", "is missing"),
            AgentType = Types.Contains(type) ? type : throw ApiError.InvalidInput("agent_type", $"expected one of {string.Join(", ", Types)}"),
            Description = request.Text("description", 2048),
            PublicKey = request.Text("public_key", 16 * 1024) is { } key ? AgentKey.Parse(key) : null,
            Subject = Part(identity, "subject"),
            Issuer = Part(identity, "issuer"),
            Scopes = request.Texts("scopes", MaximumScopes),
            Metadata = request.Object("metadata", MaximumMetadata),
            ExpiresAt = request.Time("expires_at"),
        };
        if (agent is { PublicKey: not null, Subject: not null })
        {
            throw ApiError.InvalidInput("identity", "an agent has a public_key or an identity, not both");
        }

        if (agent is { Subject: null } != agent is { Issuer: null })
        {
            throw ApiError.InvalidInput("identity", "has a subject and an issuer");
        }

        var outcome = await call.Session.WriteAsync(AgentRegistered.KindName, agent.ToContent(), cancellationToken: call.Cancelled);
        if (outcome is Taken)
        {
            throw ApiError.Conflict($"another agent of this tenant has the id {agent.Alias}");
        }

        await AnswerAsync(call, await AgentFinding.OfAsync(call, outcome), outcome is Written ? HttpStatusCode.Created : HttpStatusCode.OK);
    }

    private static string? Part(JsonObject? identity, string name) => identity?[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length is > 0 and <= 2048 => text,
        _ => throw ApiError.InvalidInput($"identity.{name}", "expected text"),
    };

    private static async Task ListAsync(ApiCall call)
    {
        var (limit, offset) = (call.QueryNumber("limit", 50, 1, 200), call.QueryNumber("offset", 0, 0, int.MaxValue));
        var terms = new List<IndexTerm>();
        if (call.Query("agent_type") is { } type)
        {
            terms.Add(new IndexTerm("type", type));
        }

        if (call.Query("trust_level") is { } level)
        {
            terms.Add(new IndexTerm("trust", TrustLevels.Contains(level) ? level : "none"));
        }

        var status = call.Query("status");
        if (status is not null && !AgentStatus.All.Contains(status))
        {
            throw ApiError.InvalidInput("status", $"expected one of {string.Join(", ", AgentStatus.All)}");
        }

        var page = await call.Session.View.ListAsync(
            new RecordQuery { Type = RecordType.Agent, Terms = terms, Statuses = status is null ? [] : [status], Limit = limit, Offset = offset }, call.Cancelled);
        await Listing.AnswerAsync(call, "agents", [.. page.Items.Select(item => Agent.Read(item).ToJson(call.Session.Tenant.Id, call.Session.Now()))], page, limit, offset);
    }

    private static async Task ChangeAsync(ApiCall call)
    {
        var agent = await AgentFinding.FindAsync(call, call.RouteId("id"));
        var request = await RequestObject.ReadAsync(call);
        var status = request.Text("status") ?? agent.Status;
        if (status is not (AgentStatus.Active or AgentStatus.Suspended))
        {
            throw ApiError.InvalidInput("status", "expected active or suspended; an agent is revoked by its own call");
        }

        await WriteAsync(call, agent with
        {
            DisplayName = request.Text("display_name", 256) ?? agent.DisplayName,
            Description = request.Has("description") ? request.Text("description", 2048) : agent.Description,
            Metadata = request.Object("metadata", MaximumMetadata) ?? agent.Metadata,
            Status = status,
            Reason = status == agent.Status ? agent.Reason : null,
        });
    }

    private static async Task SetStatusAsync(ApiCall call, string status)
    {
        var agent = await AgentFinding.FindAsync(call, call.RouteId("id"));
        var request = await RequestObject.ReadAsync(call, allowEmpty: true);
        await WriteAsync(call, agent with { Status = status, Reason = status == AgentStatus.Active ? null : request.Text("reason") ?? "unspecified" });
    }

    private static async Task WriteAsync(ApiCall call, Agent agent)
    {
        var outcome = await call.Session.WriteAsync(AgentChanged.KindName, agent.ToContent(), cancellationToken: call.Cancelled);
        if (outcome is Unmet { Status: var found })
        {
            throw ApiError.Conflict($"the agent is {found}, and stays so");
        }

        await AnswerAsync(call, await AgentFinding.FindAsync(call, agent.Id));
    }

    private static Task AnswerAsync(ApiCall call, Agent agent, HttpStatusCode status = HttpStatusCode.OK) =>
        Listing.AnswerAsync(call, agent.ToJson(call.Session.Tenant.Id, call.Session.Now()), status);
}

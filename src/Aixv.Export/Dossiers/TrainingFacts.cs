using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>The training run, as the training claim describes it. What it does not say is null. All text is untrusted.</summary>
public sealed record TrainingFacts
{
    public string? Framework { get; init; }

    public string? FrameworkVersion { get; init; }

    public Digest? CodeDigest { get; init; }

    /// <summary>Such as <c>https://…/repo@commit</c>.</summary>
    public string? CodeUri { get; init; }

    public Digest? EnvironmentDigest { get; init; }

    public string? EnvironmentUri { get; init; }

    /// <summary>Any JSON values; never null. Do not change it.</summary>
    public JsonObject Hyperparameters { get; init; } = [];

    /// <summary>Any JSON values; never null. Do not change it.</summary>
    public JsonObject Compute { get; init; } = [];

    /// <summary>All else that the claim says of the run, as it was. Do not change it.</summary>
    public JsonObject Others { get; init; } = [];

    public DateTimeOffset? StartedOn { get; init; }

    public DateTimeOffset? FinishedOn { get; init; }

    /// <summary>The run's own id, where the claim or the certificate names one.</summary>
    public string? InvocationId { get; init; }
}

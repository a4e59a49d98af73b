namespace Aixv.Track.Client.Answers;

/// <summary>Why a verdict is as it is.</summary>
public sealed record VerdictReason(string Code, string? Model, string Message);

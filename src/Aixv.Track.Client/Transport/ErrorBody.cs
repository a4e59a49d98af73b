namespace Aixv.Track.Client.Transport;

/// <summary>The body of a refusal.</summary>
internal sealed record ErrorBody(string? Code, string? Message);

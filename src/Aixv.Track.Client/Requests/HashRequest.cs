namespace Aixv.Track.Client.Requests;

/// <summary>A digest to ask about.</summary>
internal sealed record HashRequest(string Hash);

namespace Aixv.Track.Client.Requests;

/// <summary>Why something is done.</summary>
internal sealed record ReasonRequest(string Reason);

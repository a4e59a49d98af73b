namespace Aixv.Track.Client.Answers;

/// <summary>Who signed.</summary>
public sealed record Signer(string Subject, string? Issuer);

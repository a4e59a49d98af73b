namespace Aixv.Interop.Tests.Peers;

/// <summary>Why <c>@sigstore/verify</c> refuses, or null where it accepts.</summary>
/// <param name="Third">Version 3.</param>
/// <param name="Fourth">Version 4.</param>
internal sealed record PeerVerdict(string? Third, string? Fourth);

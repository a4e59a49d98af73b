namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>The feed as a whole is not to be believed; nothing of it was imported.</summary>
public sealed class FeedRefusedException(string message) : Exception(message);

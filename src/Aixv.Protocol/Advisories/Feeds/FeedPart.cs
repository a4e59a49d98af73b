namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>A member of a feed, or one of its entries.</summary>
/// <param name="Name">The member; <c>entries</c> for an entry.</param>
/// <param name="Json">The value as it stands.</param>
internal sealed record FeedPart(string Name, byte[] Json);

using System.Collections.Concurrent;

namespace Aixv.Track.Pages;

/// <summary>Pages as everybody sees them, kept until the next entry is written: what is shown follows from the entries alone.</summary>
internal sealed class KeptPages
{
    private const int Maximum = 64;
    private readonly ConcurrentDictionary<string, (long Size, byte[] Body)> pages = new(StringComparer.Ordinal);

    /// <param name="address">The page's address.</param>
    /// <param name="size">How many entries there are now.</param>
    public byte[]? Find(string address, long size) => pages.TryGetValue(address, out var kept) && kept.Size == size ? kept.Body : null;

    /// <param name="address">The page's address.</param>
    /// <param name="size">How many entries there were before it was made.</param>
    /// <param name="body">The page.</param>
    public void Keep(string address, long size, byte[] body)
    {
        if (pages.Count >= Maximum)
        {
            pages.Clear();
        }

        pages[address] = (size, body);
    }
}

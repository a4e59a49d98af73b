using Aixv.Track.Hosting;
using Aixv.Track.Log;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Receipts;

/// <summary>The log's key at work on other forms of receipts: COSE, and the documented bundle. Read when it is first needed.</summary>
internal sealed class LogSigning(TrackOptions options)
{
    private readonly Lock gate = new();
    private SigningKey? key;

    /// <exception cref="IOException">The key cannot be read.</exception>
    public SigningKey Key
    {
        get
        {
            lock (gate)
            {
                return key ??= LogKeyFile.LoadKey(options.LogKeyFile ?? Path.Combine(options.DataFolder, "log.key"));
            }
        }
    }
}

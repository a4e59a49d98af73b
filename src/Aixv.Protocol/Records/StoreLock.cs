namespace Aixv.Protocol.Records;

/// <summary>One writer at a time in a store, over all processes: an open file that nobody else may open.</summary>
internal static class StoreLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">Another process holds the store for longer than 30 seconds, or the folder cannot be written.</exception>
    public static async Task<IDisposable> AcquireAsync(string root, CancellationToken cancellationToken)
    {
        Create(root);
        var path = Path.Combine(root, ".lock");
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(20))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(path))
            {
                if (waited > Patience)
                {
                    throw new IOException($"{path}: another process has been writing to this store for {Patience.TotalSeconds} s", e);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
            }
            catch (UnauthorizedAccessException e)
            {
                throw NotWritable(root, e);
            }
        }
    }

    private static void Create(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
        }
        catch (UnauthorizedAccessException e)
        {
            throw NotWritable(root, e);
        }
    }

    private static UnauthorizedAccessException NotWritable(string root, Exception why) =>
        new($"{root}: this store cannot be written: permission denied (nothing was written; name another with --store or AIXV_STORE, or have its owner write)", why);
}

namespace Aixv.Sigstore.Tuf;

/// <summary>Reads an HTTP body to its end, and never more of it than is allowed.</summary>
internal static class BoundedReader
{
    internal static async Task<byte[]> ReadAsync(HttpContent content, int maximumLength, string what, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maximumLength)
        {
            throw TooLarge(what, maximumLength);
        }

        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (read > maximumLength - body.Length)
            {
                throw TooLarge(what, maximumLength);
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    internal static TufException TooLarge(string what, long maximumLength) =>
        new(TufRefusal.TooLarge, $"{what}: has more than {maximumLength} bytes");
}

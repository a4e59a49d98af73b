namespace Aixv.Protocol.Records;

/// <summary>Reads files that may be anything, up to a size.</summary>
internal static class BoundedFile
{
    /// <exception cref="FormatException">The file is larger.</exception>
    /// <exception cref="IOException">The disk failed, or there is no such file.</exception>
    public static byte[] Read(string path, int maximumBytes)
    {
        RegularFile.Require(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > maximumBytes)
            {
                throw new FormatException($"{path}: more than {maximumBytes} bytes, which is the most that is read");
            }
        }

        return content.ToArray();
    }
}

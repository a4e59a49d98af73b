namespace Aixv.Sigstore.Artifacts;

/// <summary>A file changed while it was digested, so no digest of it is meaningful.</summary>
public sealed class FileDigesterChangedException : IOException
{
    public FileDigesterChangedException()
        : this("the file changed while it was read")
    {
    }

    public FileDigesterChangedException(string message)
        : base(message)
    {
    }

    public FileDigesterChangedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

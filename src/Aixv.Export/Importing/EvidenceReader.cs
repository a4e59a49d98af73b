using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>Reads documents of one format as evidence. Stateless and safe for concurrent use.</summary>
/// <param name="format">The format's id, as in the list of export formats where it is one of them.</param>
public abstract class EvidenceReader(string format)
{
    public string Format { get; } = format;

    /// <summary>Whether the document says that it is of this format. Never throws.</summary>
    public abstract bool Recognizes(DocumentProbe document);

    /// <summary>What the document says. Nothing is verified here, and nothing added.</summary>
    /// <param name="document">One that is recognised.</param>
    /// <param name="artifact">The artifact that the evidence must be about; null takes the one that the document names.</param>
    /// <exception cref="FormatException">The document is broken, is not about <paramref name="artifact"/>, or names no artifact by its SHA-256 digest.</exception>
    public abstract ImportedEvidence Read(DocumentProbe document, Digest? artifact);
}

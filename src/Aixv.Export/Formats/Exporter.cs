using Aixv.Export.Dossiers;

namespace Aixv.Export.Formats;

/// <summary>Writes a dossier as one document of one format. Stateless and safe for concurrent use; the same dossier is the same bytes.</summary>
public abstract class Exporter(ExportFormat format)
{
    public ExportFormat Format { get; } = format;

    /// <summary>What the format needs and the dossier does not hold, each a phrase for people; empty when it can be written.</summary>
    public virtual IReadOnlyList<string> Missing(Dossier dossier) => [.. NeedsCheck.Missing(Format.Needs, dossier)];

    /// <summary>The same, where the document is going to be signed: some formats exist only signed, and some take the signer for what else is missing.</summary>
    public virtual IReadOnlyList<string> MissingToSign(Dossier dossier) => Missing(dossier);

    /// <summary>The name that the standard gives the document's file; null where any will do.</summary>
    public virtual string? FileName(Dossier dossier) => Format.FileName;

    /// <summary>Writes the document.</summary>
    /// <exception cref="ExportRefusedException">The dossier lacks something (<see cref="Missing"/>).</exception>
    public void Write(Dossier dossier, Stream output)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(output);
        if (Missing(dossier) is { Count: > 0 } missing)
        {
            throw new ExportRefusedException(Format, missing);
        }

        WriteDocument(dossier, output);
    }

    /// <summary>Writes a document whose needs are met.</summary>
    protected abstract void WriteDocument(Dossier dossier, Stream output);

    /// <summary>Writes the document with a signature inside, where <see cref="ExportFormat.Signature"/> is enveloped (JSF, COSE, VC-JOSE).</summary>
    /// <exception cref="NotSupportedException">The format has no such signature.</exception>
    public void WriteSigned(Dossier dossier, DocumentSigner signer, Stream output)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(output);
        if (MissingToSign(dossier) is { Count: > 0 } missing)
        {
            throw new ExportRefusedException(Format, missing);
        }

        WriteSignedDocument(dossier, signer, output);
    }

    /// <summary>The in-toto statement that a signature goes over, where <see cref="ExportFormat.Signature"/> is an envelope around one.</summary>
    /// <exception cref="ExportRefusedException">The dossier lacks something (<see cref="MissingToSign"/>).</exception>
    public virtual byte[] StatementToSign(Dossier dossier)
    {
        using var output = new MemoryStream();
        Write(dossier, output);
        return output.ToArray();
    }

    /// <summary>See <see cref="WriteSigned"/>.</summary>
    protected virtual void WriteSignedDocument(Dossier dossier, DocumentSigner signer, Stream output) =>
        throw new NotSupportedException($"{Format.Id}: {Format.Standard} defines no signature inside the document");

    /// <summary>Whether <paramref name="document"/> seems to be of this format: it says so itself, by the member or element that the standard reserves for it.</summary>
    public abstract bool Recognizes(DocumentProbe document);

    /// <summary>What of the standard's MUSTs the document breaks, each a sentence with its place; empty when none that is known here.</summary>
    public abstract IEnumerable<string> Faults(DocumentProbe document);
}

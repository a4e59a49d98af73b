using System.CommandLine;
using System.Text;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Signing;

namespace Aixv.Cli.Exporting;

/// <summary>Writes documents, signed where that was asked and their standards say how.</summary>
internal sealed class ExportWriter : IDisposable
{
    private readonly App app;
    private readonly OpenSigner? signer;

    private ExportWriter(App app, OpenSigner? signer) => (this.app, this.signer) = (app, signer);

    /// <exception cref="CommandFailure">Signing was asked, and there is nothing to sign with.</exception>
    public static async Task<ExportWriter> OpenAsync(
        App app, ParseResult parse, SigningOptions signing, bool sign, IReadOnlyList<Exporter> exporters, CancellationToken cancellationToken) =>
        new(app, sign && exporters.Any(e => e.Format.Signature != SignatureForm.None) ? await signing.OpenAsync(app, parse, cancellationToken) : null);

    /// <summary>Writes the document; a statement's signature goes into a bundle beside it.</summary>
    public async Task<IReadOnlyList<WrittenExport>> WriteAsync(Dossier dossier, Exporter exporter, string path, CancellationToken cancellationToken)
    {
        switch (signer is null ? SignatureForm.None : exporter.Format.Signature)
        {
            case SignatureForm.None:
                return [ExportTarget.Write(app, exporter.Format, path, stream => exporter.Write(dossier, new SteadyStream(stream)))];
            case SignatureForm.Dsse:
                var statement = exporter.StatementToSign(dossier);
                var bundle = (await signer!.Signer.SignStatementAsync(statement, null, cancellationToken)).ToJson();
                var beside = $"{path}.sigstore.json";
                ExportTarget.Write(app, exporter.Format, beside, stream => stream.Write(bundle), beside);
                return [ExportTarget.Write(app, exporter.Format, path, stream => stream.Write(statement), beside)];
            default:
                var signed = await ToBytesAsync(dossier, exporter, cancellationToken);
                return [ExportTarget.Write(app, exporter.Format, path, stream => stream.Write(signed), "in the document")];
        }
    }

    /// <summary>The document as one value: of a signed statement, its bundle.</summary>
    public async Task<byte[]> ToBytesAsync(Dossier dossier, Exporter exporter, CancellationToken cancellationToken)
    {
        switch (signer is null ? SignatureForm.None : exporter.Format.Signature)
        {
            case SignatureForm.None:
                return Statement(dossier, exporter);
            case SignatureForm.Dsse or SignatureForm.Bundle:
                return (await signer!.Signer.SignStatementAsync(exporter.StatementToSign(dossier), null, cancellationToken)).ToJson();
            default:
                using (var credential = await signer!.Signer.OpenDocumentKeyAsync(cancellationToken))
                {
                    using var output = new MemoryStream();
                    exporter.WriteSigned(dossier, SignerOf(credential, cancellationToken), output);
                    return output.ToArray();
                }
        }
    }

    /// <summary>Documents are written without waiting; a timestamp, which comes over the network, is waited for here.</summary>
    private static DocumentSigner SignerOf(DocumentCredential credential, CancellationToken cancellationToken) => new(credential.Key, credential.Scheme, credential.Certificates)
    {
        Timestamp = credential.HasTimestampAuthority ? message => credential.TimestampAsync(message, cancellationToken).GetAwaiter().GetResult() : null,
    };

    private static byte[] Statement(Dossier dossier, Exporter exporter)
    {
        using var output = new MemoryStream();
        exporter.Write(dossier, output);
        return output.ToArray();
    }

    /// <summary>Writes the document to standard output, as it is.</summary>
    /// <exception cref="CommandFailure">It is no text, and standard output is a terminal.</exception>
    public async Task PrintAsync(GatheredDossier gathered, Exporter exporter, CancellationToken cancellationToken)
    {
        var report = new Report(app);
        foreach (var warning in gathered.Warnings)
        {
            report.Warning(warning);
        }

        var isText = exporter is JsonExporter or XmlExporter or TextExporter;
        if (!isText && app.OutIsTerminal && signer is null && (await ToBytesAsync(gathered.Dossier, exporter, cancellationToken)).AsSpan().ContainsAnyExceptInRange((byte)'\t', (byte)'~'))
        {
            throw new CommandFailure($"{exporter.Format.Id} is no text for a terminal: pass -o FILE");
        }

        await app.Out.FlushAsync(cancellationToken);
        if (app.OpenOut is null)
        {
            app.Out.Write(Encoding.UTF8.GetString(await ToBytesAsync(gathered.Dossier, exporter, cancellationToken)));
            return;
        }

        await using var output = new BufferedStream(app.OpenOut(), 64 * 1024);
        if (signer is null)
        {
            exporter.Write(gathered.Dossier, new SteadyStream(output));
        }
        else
        {
            output.Write(await ToBytesAsync(gathered.Dossier, exporter, cancellationToken));
        }
    }

    public void Dispose() => signer?.Dispose();
}

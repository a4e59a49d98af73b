using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Signing;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Records;

/// <summary>The options of the commands that write a record, and the writing: the record and its signature, or nothing.</summary>
internal sealed class RecordWriting
{
    private readonly Option<string?> output = Options.Text("--output", "FILE", "Where to write the record (default: its place in the store).");
    private readonly StoreFolder store;
    private readonly Toggle sign;
    private readonly SigningOptions signing;

    public RecordWriting(Command command)
    {
        command.Add(output);
        store = new StoreFolder(command);
        sign = new Toggle(command, "sign", "Sign the record, or fail. It is also signed when --key, --identity-token or --interactive-oidc is given.");
        signing = new SigningOptions(command);
    }

    /// <summary>The records of the store that the options name.</summary>
    public RecordStore Store(App app, ParseResult parse) => store.Records(app, parse);

    /// <summary>Writes a record of this kind, dated now.</summary>
    /// <exception cref="CommandFailure">Nothing to sign with, or the output is taken.</exception>
    /// <exception cref="FormatException">The payload does not fit its kind.</exception>
    /// <exception cref="RecordConflictException">The id is taken by another content.</exception>
    public Task<WrittenRecord> WriteAsync(App app, ParseResult parse, string kind, RecordId id, JsonObject payload, CancellationToken cancellationToken) =>
        WriteAsync(app, parse, new SignedRecord(kind, id, app.Time.GetUtcNow(), RecordKinds.ReadPayload(kind, payload)), cancellationToken);

    /// <summary>The same, of a record that was made already.</summary>
    public async Task<WrittenRecord> WriteAsync(App app, ParseResult parse, SignedRecord record, CancellationToken cancellationToken)
    {
        if (parse.GetValue(output) is { } path)
        {
            OutputFile.RequireWritable(app, path);
        }

        using var open = sign.Read(parse) ?? signing.IsAsked(parse) ? await signing.OpenAsync(app, parse, cancellationToken) : null;
        RecordSigning? signer = open is null
            ? null
            : async (bytes, cancel) => (await open.Signer.SignArtifactAsync(ArtifactDigests.Of(bytes), cancel)).ToJson();
        var written = parse.GetValue(output) is { } file
            ? await RecordOutput.WriteAsync(app.Resolve(file), record, signer, cancellationToken)
            : await store.Records(app, parse).AddAsync(record, signer, cancellationToken);
        return new WrittenRecord
        {
            Stored = written,
            Path = parse.GetValue(output) ?? store.Show(app, parse, written.Path),
            BundlePath = written.BundlePath is not { } bundle ? null : parse.GetValue(output) is { } beside ? $"{beside}.sigstore.json" : store.Show(app, parse, bundle),
            IsStaging = signing.IsStaging(parse),
            WasForbidden = sign.Read(parse) == false,
        };
    }
}

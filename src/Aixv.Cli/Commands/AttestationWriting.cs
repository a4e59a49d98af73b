using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Signing;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Commands;

/// <summary>The options of the commands that attest, and the writing: statement, signature and record.</summary>
internal sealed class AttestationWriting
{
    private readonly Option<string?> output = Options.Text("--output", "FILE", "Where to write the statement (default: STEM.PREDICATE.statement.json).");
    private readonly Option<string?> bundle = Options.Text("--bundle", "FILE", "Where to write the bundle (default: STEM.PREDICATE.sigstore.json).");
    private readonly StoreFolder store;
    private readonly Toggle sign;
    private readonly SigningOptions signing;
    private readonly bool signs;

    /// <param name="command">Gets the options.</param>
    /// <param name="signs">Whether it signs, or fails, unless told otherwise; else it signs when there is a token or a key.</param>
    public AttestationWriting(Command command, bool signs)
    {
        this.signs = signs;
        command.Add(output);
        command.Add(bundle);
        store = new StoreFolder(command);
        sign = new Toggle(command, "sign", signs ? "Sign, or fail (the default)." : "Sign, or fail. Without this it is signed when there is a token or a key.");
        signing = new SigningOptions(command);
    }

    /// <summary>Attests <paramref name="claim"/> of a file.</summary>
    /// <param name="path">The file, as the user wrote it.</param>
    /// <param name="name">The claim's type, as the user wrote it.</param>
    public async Task<AttestOutcome> WriteAsync(
        App app, ParseResult parse, string path, ArtifactDigests digests, Predicate claim, string name, CancellationToken cancellationToken)
    {
        var statement = new Statement([new StatementSubject(Path.GetFileName(app.Resolve(path)), digests.Sha256)], claim);
        var stem = Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.{claim.Name}");
        var writing = new AttestationFiles(
            parse.GetValue(output) ?? $"{stem}.statement.json", parse.GetValue(bundle) ?? $"{stem}.sigstore.json", store.Read(app, parse));
        var isSigned = sign.Read(parse) ?? (signs || await signing.CanSignAsync(app, parse, cancellationToken));
        var signed = isSigned ? await SignAsync(app, parse, statement, digests, writing, cancellationToken) : null;
        return new AttestOutcome
        {
            Artifact = path,
            Digest = digests.Sha256,
            PredicateName = name,
            Predicate = claim,
            Files = writing,
            RecordPath = writing.Write(app, statement, signed),
            Signer = signed is null ? null : SignedBy.Read(signed),
            IsStaging = signing.IsStaging(parse),
            WasForbidden = sign.Read(parse) == false,
        };
    }

    private async Task<Bundle> SignAsync(
        App app, ParseResult parse, Statement statement, ArtifactDigests digests, AttestationFiles files, CancellationToken cancellationToken)
    {
        OutputFile.RequireWritable(app, files.Bundle);
        OutputFile.RequireWritable(app, files.Statement);
        using var open = await signing.OpenAsync(app, parse, cancellationToken);
        return await open.Signer.SignStatementAsync(statement.ToBytes(), digests, cancellationToken);
    }
}

using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Cli.Trust;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Records;

/// <summary>The options of the commands that verify a record, and the verification.</summary>
internal sealed class RecordVerifying
{
    private readonly Argument<string> record = new("RECORD") { Description = "The record's file." };
    private readonly Option<string?> bundle = Options.Text("--bundle", "FILE", "The Sigstore bundle (default: as the record says, else RECORD.sigstore.json).");
    private readonly TrustedSubjectOptions trusted;
    private readonly TrustOptions trust;

    public RecordVerifying(Command command)
    {
        command.Add(record);
        command.Add(bundle);
        trusted = new TrustedSubjectOptions(command, "--trusted", "the record");
        trust = new TrustOptions(command);
    }

    /// <param name="app">The world.</param>
    /// <param name="parse">What was written.</param>
    /// <param name="kind">The kind that the record must be of, or null for any.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CommandFailure">A file is missing, or no subject is named.</exception>
    /// <exception cref="FormatException">The file is no record.</exception>
    public async Task<CheckedRecord> VerifyAsync(App app, ParseResult parse, string? kind, CancellationToken cancellationToken)
    {
        var path = parse.GetRequiredValue(record);
        _ = ArtifactFile.Read(app, "record", path, SignedRecord.MaximumBytes);
        var stored = Stored(app, path, parse.GetValue(bundle));
        var signers = trusted.Read(app, parse);
        var json = stored.BundlePath is null ? (ReadOnlyMemory<byte>?)null : ArtifactFile.Read(app, "bundle", parse.GetValue(bundle) ?? stored.BundlePath, Bundle.MaximumBytes);
        var material = IsBare(json, signers) ? TrustMaterial.Nobody : await trust.ResolveAsync(app, parse, cancellationToken);
        return new CheckedRecord
        {
            Stored = stored,
            Command = string.Join(' ', CommandLine.Words(parse)),
            Path = path,
            BundlePath = stored.BundlePath is not { } found ? null : parse.GetValue(bundle) ?? Path.GetRelativePath(app.Directory, found),
            ExpectedSubjects = [.. trusted.Subjects(parse), .. signers.Keys.Keys.Select(ManagedKeys.NameOf)],
            ExpectedIssuers = trusted.Issuers(parse),
            IsStaging = trust.IsStaging(parse),
            Trust = material,
            Result = new RecordVerifier(new Verifier(material.ParseRoot())).Verify(stored.Bytes, json, signers, kind),
        };
    }

    /// <summary>The messages name the file as the user did.</summary>
    private static StoredRecord Stored(App app, string path, string? bundle)
    {
        var absolute = app.Resolve(path);
        try
        {
            return StoredRecord.Read(absolute, bundle is null ? null : app.Resolve(bundle));
        }
        catch (FormatException e)
        {
            throw new FormatException(e.Message.Replace($"{absolute}: ", $"{path}: ", StringComparison.Ordinal), e);
        }
    }

    /// <summary>Whether nothing of an instance is needed: the trusted keys are at hand, and nobody else's word is in the bundle.</summary>
    private static bool IsBare(ReadOnlyMemory<byte>? bundle, TrustedSigners signers)
    {
        if (bundle is not { Length: > 0 } json || !signers.Keys.AllowUnlogged)
        {
            return false;
        }

        try
        {
            return Bundle.Parse(json) is { Certificates.IsEmpty: true, LogEntries.IsEmpty: true, Timestamps.IsEmpty: true };
        }
        catch (BundleFormatException)
        {
            return true;
        }
    }
}

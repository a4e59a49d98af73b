using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv sign ARTIFACT</c>: these bytes are mine.</summary>
internal static class SignCommand
{
    /// <summary>Pure Ed25519 signs the bytes themselves, so they are read whole; more than this is refused.</summary>
    private const int MaximumContent = 1024 * 1024 * 1024;

    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The file to sign." };
        var bundle = Options.Text("--bundle", "FILE", "Where to write the bundle (default: ARTIFACT.sigstore.json).");
        var command = new Command("sign", "Sign an artifact.") { artifact, bundle };
        var signing = new SigningOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(artifact);
            ArtifactFile.RequireExists(app, path);
            var bundlePath = parse.GetValue(bundle) ?? $"{path}.sigstore.json";
            OutputFile.RequireWritable(app, bundlePath);
            using var open = await signing.OpenAsync(app, parse, cancellationToken);
            var digests = Digest(app, path, open.Signer.Scheme.Hash(), cancellationToken);
            var signed = await open.Signer.SignArtifactAsync(digests, cancellationToken);
            NewFile.Replace(app.Resolve(bundlePath), signed.ToJson());
            return new Outcome(path, digests.Sha256, bundlePath, SignedBy.Read(signed), signing.IsStaging(parse));
        });
    }

    private static ArtifactDigests Digest(App app, string path, HashAlgorithmName? hash, CancellationToken cancellationToken) => hash is null
        ? ArtifactDigests.Of(ArtifactFile.Read(app, "artifact", path, MaximumContent))
        : ArtifactFile.Digest(
            app,
            path,
            new FileDigesterOptions { Sha384 = hash == HashAlgorithmName.SHA384, Sha512 = hash == HashAlgorithmName.SHA512 },
            cancellationToken);

    private sealed record Outcome(string Artifact, Digest Digest, string BundlePath, SignedBy Signer, bool IsStaging) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new()
        {
            ["ok"] = true,
            ["bundle_path"] = BundlePath,
            ["digest"] = Digest.ToString(),
            ["identity"] = Signer.ToJson(),
            ["key_hint"] = Signer.KeyHint,
            ["log_indexes"] = Signer.LogIndexesToJson(),
            ["staging"] = IsStaging,
        };

        public void Describe(Report report)
        {
            report.Title(good: true, $"{Artifact}: signed");
            report.Row("digest", Digest.ToString());
            Signer.Describe(report);
            report.Row("bundle", BundlePath);
        }
    }
}

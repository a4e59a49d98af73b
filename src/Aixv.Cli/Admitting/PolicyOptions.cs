using System.CommandLine;
using System.CommandLine.Parsing;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Admitting;

/// <summary>The options that name a policy and say whether its own signature is verified (aixv-protocol §4, §5).</summary>
internal sealed class PolicyOptions
{
    private readonly Option<string?> policy;
    private readonly Option<string?> bundle = Options.Text("--policy-bundle", "FILE", "The policy record's bundle (default: beside the policy).");
    private readonly Option<string?> level = Options.Text("--assurance-level", "LEVEL", "Ask at least for this much: level-1, level-2 or level-3.");
    private readonly TrustedSubjectOptions trusted;
    private readonly Toggle requireSigned;

    public PolicyOptions(Command command, bool required = false)
    {
        policy = new Option<string?>("--policy") { HelpName = "FILE", Description = "Judge by this policy: a policy record, or with --no-require-signed-policy a bare policy.", Required = required };
        command.Add(policy);
        command.Add(bundle);
        requireSigned = new Toggle(command, "require-signed-policy", "The policy must be signed by a trusted subject (the default).");
        trusted = new TrustedSubjectOptions(command, "--policy-trusted", "the policy");
        command.Add(level);
    }

    public bool IsGiven(ParseResult parse) => parse.GetValue(policy) is not null;

    public bool IsMissing(CommandResult result) => result.GetValue(policy) is null;

    public AssuranceLevel? Level(ParseResult parse) => parse.GetValue(level) is { } name ? AssuranceGate.Parse(name) : null;

    private bool RequiresSignature(ParseResult parse) => requireSigned.Read(parse) ?? true;

    /// <summary>Reads the policy and verifies its signature where that is asked.</summary>
    /// <param name="connect">Makes the verifier; called only for a signature.</param>
    /// <returns>Null when no policy is named.</returns>
    /// <exception cref="CommandFailure">Missing, not signed, or signed by somebody else.</exception>
    /// <exception cref="FormatException">Not a policy.</exception>
    public async Task<LoadedPolicy?> ReadAsync(App app, ParseResult parse, Func<Task<Verifier>> connect)
    {
        if (parse.GetValue(policy) is not { } path)
        {
            return null;
        }

        var bytes = ArtifactFile.Read(app, "policy", path, Policy.MaximumBytes);
        if (!RequiresSignature(parse))
        {
            return new LoadedPolicy(path, Policy.Parse(bytes), RecordId(bytes), null);
        }

        var signers = trusted.Read(app, parse, "signed policy verification requires policy_trusted_subject or policy_trusted_subjects");
        var signature = ReadBundle(app, parse, path);
        return new RecordVerifier(await connect()).Verify(bytes, signature, signers, RecordKinds.Policy) switch
        {
            VerifiedRecord verified => new LoadedPolicy(path, Policy.Read(verified.Record.Payload), verified.Record.Id.Value, SignerEvidence.Of(verified.Signer)),
            RejectedRecord rejected => throw new CommandFailure($"policy verification failed: {rejected.Message}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Whether the policy asks for as much as the level does.</summary>
    /// <exception cref="CommandFailure">It does not; the message names everything that is missing.</exception>
    public void RequireLevel(ParseResult parse, LoadedPolicy? loaded)
    {
        if (Level(parse) is { } asked && AssuranceGate.Check(asked, loaded?.Policy, loaded is not null && RequiresSignature(parse)) is { IsEmpty: false } missing)
        {
            throw new CommandFailure(string.Join("; ", missing));
        }
    }

    private byte[] ReadBundle(App app, ParseResult parse, string path)
    {
        if (parse.GetValue(bundle) is { } given)
        {
            return ArtifactFile.Read(app, "policy bundle", given, Bundle.MaximumBytes);
        }

        var found = TryReadRecord(app.Resolve(path))?.BundlePath;
        return ArtifactFile.Read(app, "policy bundle", found ?? $"{path}.sigstore.json", Bundle.MaximumBytes);
    }

    private static StoredRecord? TryReadRecord(string path)
    {
        try
        {
            return StoredRecord.Read(path);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? RecordId(byte[] bytes)
    {
        try
        {
            return SignedRecord.Parse(bytes).Id.Value;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

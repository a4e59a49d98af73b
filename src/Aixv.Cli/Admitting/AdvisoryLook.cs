using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Commands;
using Aixv.Cli.Output;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;

namespace Aixv.Cli.Admitting;

/// <summary>What <c>verify</c> sees in the store's advisories where no policy is given. It is told, and denies nothing: that is for a policy.</summary>
internal sealed record AdvisoryLook(IReadOnlyList<StandingAdvisories.Standing> Advisories, IReadOnlyList<string> Warnings)
{
    private static readonly AdvisoryLook Nothing = new([], []);

    /// <summary>The options that say whose advisories are believed; the artifact's expected signer is without them.</summary>
    internal sealed class Options
    {
        private readonly TrustedSubjectOptions trusted;

        public Options(Command command, Func<CommandResult, bool> hasPolicy)
        {
            trusted = new TrustedSubjectOptions(command, "--advisory-trusted", "an advisory");
            command.Validators.Add(result =>
            {
                if (hasPolicy(result) && result.Children.OfType<OptionResult>().FirstOrDefault(IsGiven) is { } given)
                {
                    result.AddError($"{given.Option.Name} is for verify without --policy: a policy says itself whom it believes (advisory_allow_subjects).");
                }
            });
        }

        private static bool IsGiven(OptionResult result) => !result.Implicit && result.Option.Name.StartsWith("--advisory-trusted", StringComparison.Ordinal);

        /// <param name="signer">Whether somebody is the artifact's expected signer.</param>
        /// <param name="known">The keys that are at hand.</param>
        public AdvisoryLook Look(
            App app, ParseResult parse, string folder, TrustedRoot root, Digest artifact, Func<string, string?, bool> signer, ManagedKeys known, CancellationToken cancellationToken)
        {
            if (!MayHaveAdvisories(folder))
            {
                return Nothing;
            }

            try
            {
                var keys = trusted.Keys(app, parse).With(known);
                var store = StoreView.Open(app, folder, root, keys, cancellationToken);
                var named = trusted.IsGiven(parse) ? trusted.Matcher(parse, keys) : signer;
                bool IsTrusted(SignerEvidence? by) => by is not null && named(by.Subject, by.Issuer);
                var lineage = LineageTrust.Of(store.Graph, by => named(by.Subject, by.Issuer) || signer(by.Subject, by.Issuer));
                return new AdvisoryLook([.. StandingAdvisories.Of(store, artifact, lineage, IsTrusted)], store.Warnings);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new AdvisoryLook([], [$"the store's advisories could not be looked at: {e.Message}"]);
            }
        }

        private static bool MayHaveAdvisories(string folder) =>
            Any(Path.Combine(folder, "advisories"), "*.json") || Any(Path.Combine(folder, "attestations"), "*.json");

        private static bool Any(string folder, string pattern) => System.IO.Directory.Exists(folder) && System.IO.Directory.EnumerateFiles(folder, pattern).Any();
    }

    public void Write(JsonObject json)
    {
        var evidence = json["admission_evidence"]!.AsObject();
        evidence["advisory_count"] = Advisories.Count;
        evidence["trusted_active_advisory_count"] = Advisories.Count(a => a.IsTrustedRecall);
        evidence["advisories"] = new JsonArray([.. Advisories.Select(a => (JsonNode)a.Advisory.Id)]);
        json["advisories"] = new JsonArray([.. Advisories.Select(ToJson)]);
        json["store_warnings"] = new JsonArray([.. Warnings.Select(warning => (JsonNode)warning)]);
    }

    private static JsonObject ToJson(StandingAdvisories.Standing standing) => new()
    {
        ["advisory_id"] = standing.Advisory.Id,
        ["severity"] = Kebab.Of(standing.Advisory.Severity),
        ["status"] = Kebab.Of(standing.Advisory.Status),
        ["reason_code"] = standing.Advisory.ReasonCode,
        ["trusted"] = standing.IsTrusted,
        ["signer"] = standing.Signer?.Subject,
    };

    public void Describe(Report report)
    {
        foreach (var warning in Warnings)
        {
            report.Warning(warning);
        }

        foreach (var (advisory, by, _) in Advisories.Where(a => a.IsTrustedRecall))
        {
            report.Warning($"recalled: advisory {advisory.Id} by {by} is active: {Kebab.Of(advisory.Severity)}, {advisory.ReasonCode}{(advisory.RecommendedActions.IsEmpty ? "" : $" ({string.Join("; ", advisory.RecommendedActions)})")}");
        }

        report.Row("advisories", Advisories.Count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{Advisories.Count}, {Advisories.Count(a => a.IsTrustedRecall)} active by trusted subjects; nothing is denied for them without --policy"));
    }
}

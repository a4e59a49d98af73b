using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv impact ADVISORY</c>: which artifacts does it reach, and what proves that?</summary>
internal static class ImpactCommand
{
    public static Command Create(App app)
    {
        var advisory = new Argument<string>("ADVISORY") { Description = "An advisory's id in the store, or a file: a record or a bare advisory." };
        var policy = Options.Text("--policy", "FILE", "Take the advisory_reach and lineage signers of this policy; its signature is not asked for: nothing is admitted here.");
        var command = new Command("impact", "List the artifacts that an advisory reaches, each with the path that proves it.") { advisory, policy };
        var opening = new StoreOpening(command, "--trusted-attestation", "attestations");
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var file = parse.GetValue(policy) is { } path ? Policy.Parse(ArtifactFile.Read(app, "policy", path, Policy.MaximumBytes)) : null;
            var opened = await opening.OpenAsync(app, parse, requiresSignatures: false, cancellationToken, file is null ? null : new PolicyTrust(file).Keys);
            var view = opened.View;
            var (found, signer) = Find(app, view, parse.GetRequiredValue(advisory));
            var rules = file is null ? null : new PolicyTrust(file);
            var trust = rules is null || opening.NamesSubjects(parse)
                ? opening.Lineage(parse, view)
                : LineageTrust.Of(view.Graph, by => rules.TrustsForLineage(by.Subject, by.Issuer));
            return new ImpactOutcome(found, signer, AdvisoryReach.Of(found, trust, rules?.Reach ?? ReachRules.Default), opened)
            {
                TrustsAnybody = rules is null && !opening.NamesSubjects(parse),
            };
        });
    }

    /// <summary>The advisory and who signed it, verifiably; of several records in the store the last.</summary>
    private static (Advisory Advisory, string? Signer) Find(App app, StoreView view, string text)
    {
        if (File.Exists(app.Resolve(text)))
        {
            return (ReadFile(app, text), view.Scan.Advisories.FirstOrDefault(a => a.Path == app.Resolve(text))?.Signer?.ToString());
        }

        var records = view.Scan.Advisories.Where(a => a.Advisory.Id == text).ToList();
        var last = records.OrderBy(r => r.Signer is not null).ThenBy(r => r.IntegratedTime).ThenBy(r => r.Sequence).LastOrDefault()
            ?? throw new CommandFailure($"advisory not found: {text} (neither a file, nor the id of an advisory in {view.Folder})");
        return (last.Advisory, last.Signer?.ToString());
    }

    private static Advisory ReadFile(App app, string path)
    {
        var json = SortedJson.ParseObject(ArtifactFile.Read(app, "advisory", path, SignedRecord.MaximumBytes), path, SignedRecord.MaximumBytes);
        if (!json.ContainsKey("schema"))
        {
            return AttestedAdvisories.OfStatement(json) ?? Advisory.Read(json);
        }

        if (json["schema"] is JsonValue schema && schema.TryGetValue<string>(out var name) && name == AttestationRecord.Schema)
        {
            var attestation = AttestationRecord.Parse(SortedJson.Serialize(json));
            return AttestedAdvisories.Of(attestation) ?? throw new CommandFailure($"{path}: an attestation of {attestation.PredicateType}, which is no advisory");
        }

        var record = SignedRecord.Parse(SortedJson.Serialize(json));
        return record.Kind == RecordKinds.Advisory
            ? Advisory.Read(record.Payload)
            : throw new CommandFailure($"record kind mismatch: expected advisory, found {record.Kind}");
    }
}

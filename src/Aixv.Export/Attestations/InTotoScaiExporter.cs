using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>in-toto SCAI v0.3: each fact of the dossier as an attribute, with its evidence.</summary>
internal sealed class InTotoScaiExporter() : StatementExporter(Describe("in-toto-scai", "in-toto SCAI Attribute Report", "v0.3", ExportNeeds.None, ".scai.json"))
{
    private const string Type = "https://in-toto.io/attestation/scai/v0.3";

    protected override string PredicateType => Type;

    public override IReadOnlyList<string> Missing(Dossier dossier) => Attributes(dossier).Any()
        ? base.Missing(dossier)
        : [.. base.Missing(dossier), "at least one of: an attestation, a signature, a look at a store of advisories"];

    protected override JsonNode Build(Dossier dossier)
    {
        var report = new JsonObject { ["attributes"] = new JsonArray([.. Attributes(dossier)]) };
        if (SignerUri.Builder(dossier.Signer) is { } producer)
        {
            var descriptor = new JsonObject { ["uri"] = producer, ["annotations"] = new JsonObject { ["subject"] = dossier.Signer!.Subject } };
            Descriptors.Add(descriptor["annotations"]!.AsObject(), "issuer", dossier.Signer.Issuer);
            if (dossier.Bundle!.Certificate is { } certificate)
            {
                descriptor["annotations"]!["certificateSha256"] = Aixv.Sigstore.Artifacts.Digest.Of(certificate.Span).Hex;
            }

            report["producer"] = descriptor;
        }

        return About(dossier, Type, report);
    }

    private static IEnumerable<JsonObject> Attributes(Dossier dossier)
    {
        var claim = dossier.Training?.Bundle;
        foreach (var parent in dossier.Parents ?? [])
        {
            yield return Reference("DERIVED_FROM", parent, Descriptors.ParentRole, claim);
        }

        if (dossier.Parents is { IsEmpty: true })
        {
            yield return Attribute("TRAINED_FROM_SCRATCH", null, Conditions(claim), claim);
        }

        foreach (var dataset in dossier.Datasets ?? [])
        {
            yield return Reference("TRAINED_ON", dataset, Descriptors.DatasetRole, claim);
        }

        foreach (var bundle in dossier.Bundles)
        {
            yield return Attribute("SIGNED_BY", null, SignedBy(bundle.Signature), bundle);
            foreach (var entry in bundle.Signature.LogEntries)
            {
                yield return Attribute("LOGGED_IN", null, Logged(entry), bundle);
            }
        }

        if (dossier.AdvisoriesWereChecked && !dossier.Advisories.Any(a => a.IsActive))
        {
            yield return Attribute("NO_ACTIVE_ADVISORY", null, new JsonObject { ["checkedAt"] = Rfc3339.Format(dossier.Time) }, null);
        }

        foreach (var advisory in dossier.Advisories.Where(a => a.IsActive))
        {
            yield return Attribute("ACTIVE_ADVISORY", null, Advised(advisory), null);
        }
    }

    private static JsonObject Reference(string attribute, ReferenceFacts reference, string role, BundleFacts? claim)
    {
        var conditions = Conditions(claim);
        Descriptors.Add(conditions, "split", reference.Split);
        Descriptors.Add(conditions, "relation", reference.Relation);
        var target = Descriptors.Of(reference, role);
        if (target is null)
        {
            Descriptors.Add(conditions, "targetName", reference.Name);
            Descriptors.Add(conditions, "targetStatedUri", reference.Uri);
        }

        return Attribute(attribute, target, conditions, claim);
    }

    /// <summary>A claim that nobody signed says so.</summary>
    private static JsonObject Conditions(BundleFacts? claim) => new() { ["claimIsSigned"] = claim is not null };

    private static JsonObject SignedBy(SignatureEvidence signature)
    {
        var conditions = new JsonObject { ["subject"] = signature.Signer.Subject };
        Descriptors.Add(conditions, "issuer", signature.Signer.Issuer);
        Descriptors.Add(conditions, "predicateType", signature.PredicateType);
        Descriptors.Add(conditions, "time", signature.IntegratedTime is { } time ? Rfc3339.Format(time) : null);
        return conditions;
    }

    private static JsonObject Logged(LogEvidence entry)
    {
        var conditions = new JsonObject { ["log"] = entry.Log, ["logIndex"] = entry.Index.ToString(CultureInfo.InvariantCulture) };
        Descriptors.Add(conditions, "integratedTime", entry.IntegratedTime is { } time ? Rfc3339.Format(time) : null);
        return conditions;
    }

    private static JsonObject Advised(AdvisoryFacts advisory) => new()
    {
        ["advisoryId"] = advisory.Advisory.Id,
        ["severity"] = advisory.Advisory.Severity.ToWord(),
        ["reasonCode"] = advisory.Advisory.ReasonCode,
        ["issuerIsTrusted"] = advisory.IsTrusted,
        ["reachIsCertain"] = advisory.IsCertain,
    };

    private static JsonObject Attribute(string name, JsonObject? target, JsonObject conditions, BundleFacts? evidence)
    {
        var attribute = new JsonObject { ["attribute"] = name };
        if (target is not null)
        {
            attribute["target"] = target;
        }

        attribute["conditions"] = conditions;
        if (evidence is not null)
        {
            attribute["evidence"] = Descriptors.Of(evidence);
        }

        return attribute;
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveList("$.predicate", "attributes", static (item, path) => item is not JsonObject attribute ? [$"{path}: an object is expected"] : (IEnumerable<string>)
        [
            .. attribute.MustHaveText(path, "attribute"),
            .. attribute["target"] is null ? [] : StatementRules.Descriptor(attribute["target"], $"{path}.target"),
            .. attribute.MustHaveObject(path, "conditions", required: false),
            .. attribute["evidence"] is null ? [] : StatementRules.Descriptor(attribute["evidence"], $"{path}.evidence"),
        ], minimum: 1),
        .. predicate["producer"] is null ? [] : StatementRules.Descriptor(predicate["producer"], "$.predicate.producer"),
    ];
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Signing;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>W3C Verifiable Credential 2.0 about the artifact; signed, it is the payload of a compact JWS (VC-JOSE-COSE).</summary>
internal sealed class W3cCredentialExporter() : JsonExporter(
    new("w3c-vc", "W3C Verifiable Credentials", "2.0", "application/vc", ".vc.json", ExportCategory.Attestation)
    {
        Needs = ExportNeeds.Bundle,
        Signature = SignatureForm.VcJose,
    })
{
    private const string Context = "https://www.w3.org/ns/credentials/v2";
    private const string Type = "VerifiableCredential";

    /// <summary>The name of our own terms; values that are anybody's JSON are literals to JSON-LD, so that no key of theirs is a keyword.</summary>
    private const string Vocabulary = "https://aixv.org/ns/credentials/v1#";
    private static readonly string[] JsonTerms = ["hyperparameters", "compute", "run"];

    public override IReadOnlyList<string> Missing(Dossier dossier) => SignerUri.Of(dossier.Signer) is null && base.Missing(dossier).Count == 0
        ? ["a signer whose name is a URI or an e-mail address, for the issuer"] : base.Missing(dossier);

    /// <summary>Who signs the credential is its issuer.</summary>
    public override IReadOnlyList<string> MissingToSign(Dossier dossier) => [];

    protected override JsonNode Build(Dossier dossier) => Build(
        dossier, SignerUri.Of(dossier.Signer)!, "Not secured: what is attested is so by the evidence, not by this document.");

    protected override void WriteSignedDocument(Dossier dossier, DocumentSigner signer, Stream output)
    {
        using var credential = new MemoryStream();
        WriteJson(Build(dossier, SignerIdentity.Uri(signer), "Secured as vc+jwt by the issuer, who states what the evidence said when the document was made."), credential);
        output.Write(Encoding.ASCII.GetBytes(CompactJws.Sign(signer, "vc+jwt", "vc", credential.ToArray())));
    }

    private JsonObject Build(Dossier dossier, string issuer, string description)
    {
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray((JsonNode)Context, Terms()),
            ["id"] = $"urn:uuid:{NameUuid.Of(Format.Id, dossier.Artifact.Digest, issuer)}",
            ["type"] = new JsonArray((JsonNode)Type, (JsonNode)"AixvArtifactCredential"),
            ["name"] = "What is known of an AI artifact",
            ["description"] = description,
            ["issuer"] = issuer,
            ["validFrom"] = Rfc3339.Format(dossier.Bundle?.Signature.IntegratedTime ?? dossier.Time),
            ["credentialSubject"] = Subject(dossier),
        };
        if (!dossier.Bundles.IsEmpty)
        {
            credential["evidence"] = new JsonArray([.. dossier.Bundles.Select(Evidence)]);
        }

        if (Uris.AbsoluteOrNull(dossier.AdvisoryFeed) is { } feed)
        {
            credential["credentialStatus"] = new JsonObject { ["id"] = feed, ["type"] = "AixvAdvisoryFeed" };
        }

        return credential;
    }

    private static JsonObject Terms()
    {
        var terms = new JsonObject { ["@vocab"] = Vocabulary };
        foreach (var name in JsonTerms)
        {
            terms[name] = new JsonObject { ["@id"] = $"{Vocabulary}{name}", ["@type"] = "@json" };
        }

        return terms;
    }

    private static JsonObject Subject(Dossier dossier)
    {
        var artifact = dossier.Artifact;
        var subject = new JsonObject { ["id"] = artifact.Urn, ["type"] = "AiArtifact", ["name"] = artifact.Name, ["sha256"] = artifact.Digest.Hex };
        Descriptors.Add(subject, "artifactType", artifact.Type);
        Descriptors.Add(subject, "artifactVersion", artifact.Version);
        Descriptors.Add(subject, "location", artifact.Uri);
        Descriptors.Add(subject, "packageUrl", artifact.Purl);
        Descriptors.Add(subject, "mediaTypeOfBytes", artifact.MediaType);
        if (artifact.Size is { } size)
        {
            subject["size"] = size;
        }

        Add(subject, "parents", dossier.Parents);
        if (dossier.Parents is { IsEmpty: true })
        {
            subject["trainedFromScratch"] = true;
        }

        Add(subject, "datasets", dossier.Datasets);
        if (dossier.Run is { } run)
        {
            subject["training"] = Training(run);
        }

        if (dossier.Training is { } claim)
        {
            subject["trainingClaimIsSigned"] = claim.Bundle is not null;
        }

        if (dossier.Decision is { } decision)
        {
            subject["decision"] = new JsonObject
            {
                ["outcome"] = decision.Decision.Decision.ToWord(),
                ["decidedAt"] = Rfc3339.Format(decision.Decision.DecidedAt),
                ["policySha256"] = decision.Decision.PolicyDigest.Hex,
                ["passed"] = Texts(DecisionChecks.Of(decision).Passed),
                ["violations"] = Texts(decision.Decision.Violations.Select(v => Protocol.Admission.ViolationCodes.ToCode(v.Code)).Distinct(StringComparer.Ordinal)),
            };
            Descriptors.Add(subject["decision"]!.AsObject(), "policyId", decision.Decision.PolicyId);
            Descriptors.Add(subject["decision"]!.AsObject(), "assuranceLevel", decision.Level);
        }

        if (dossier.AdvisoriesWereChecked)
        {
            subject["activeAdvisories"] = Texts(dossier.Advisories.Where(a => a.IsActive).Select(a => a.Advisory.Id));
        }

        return subject;
    }

    private static JsonObject Training(TrainingFacts run)
    {
        var json = new JsonObject();
        Descriptors.Add(json, "framework", run.Framework);
        Descriptors.Add(json, "frameworkVersion", run.FrameworkVersion);
        Descriptors.Add(json, "codeUri", run.CodeUri);
        Descriptors.Add(json, "codeSha256", run.CodeDigest?.Hex);
        Descriptors.Add(json, "environmentUri", run.EnvironmentUri);
        Descriptors.Add(json, "environmentSha256", run.EnvironmentDigest?.Hex);
        Descriptors.Add(json, "invocation", run.InvocationId);
        Descriptors.Add(json, "startedOn", run.StartedOn is { } start ? Rfc3339.Format(start) : null);
        Descriptors.Add(json, "finishedOn", run.FinishedOn is { } end ? Rfc3339.Format(end) : null);
        foreach (var (name, values) in (IEnumerable<(string, JsonObject)>)[("hyperparameters", run.Hyperparameters), ("compute", run.Compute), ("run", run.Others)])
        {
            if (values.Count > 0)
            {
                json[name] = StructValues.Of(values);
            }
        }

        return json;
    }

    private static void Add(JsonObject subject, string name, System.Collections.Immutable.ImmutableArray<ReferenceFacts>? references)
    {
        if (references is not { IsEmpty: false } found)
        {
            return;
        }

        subject[name] = new JsonArray([.. found.Select(reference =>
        {
            var json = new JsonObject();
            Descriptors.Add(json, "id", reference.Digest is null ? Uris.AbsoluteOrNull(reference.Uri) : $"urn:sha256:{reference.Digest.Hex}");
            Descriptors.Add(json, "name", reference.Name);
            Descriptors.Add(json, "sha256", reference.Digest?.Hex);
            Descriptors.Add(json, "location", reference.Uri);
            Descriptors.Add(json, "split", reference.Split);
            Descriptors.Add(json, "derivation", reference.Relation);
            json["tier"] = reference.Tier.ToName();
            if (!reference.RecalledBy.IsEmpty)
            {
                json["recalledBy"] = Texts(reference.RecalledBy);
            }

            return json;
        })]);
    }

    private static JsonObject Evidence(BundleFacts bundle)
    {
        var evidence = new JsonObject();
        Descriptors.Add(evidence, "id", Uris.AbsoluteOrNull(bundle.Location) ?? $"urn:sha256:{bundle.Digest.Hex}");
        evidence["type"] = "SigstoreBundle";
        evidence["sha256"] = bundle.Digest.Hex;
        evidence["mediaTypeOfBytes"] = bundle.MediaType;
        Descriptors.Add(evidence, "signedBy", bundle.Signature.Signer.Subject);
        Descriptors.Add(evidence, "identityProvider", bundle.Signature.Signer.Issuer);
        Descriptors.Add(evidence, "predicateType", bundle.Signature.PredicateType);
        if (bundle.Signature.LogEntries is [var entry, ..])
        {
            evidence["log"] = entry.Log;
            evidence["logIndex"] = entry.Index.ToString(CultureInfo.InvariantCulture);
        }

        Descriptors.Add(evidence, "integratedTime", bundle.Signature.IntegratedTime is { } time ? Rfc3339.Format(time) : null);
        return evidence;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public override bool Recognizes(DocumentProbe document) => CompactJws.TryParse(document.Text)?.Header.Text("typ") == "vc+jwt" || IsCredential(document.JsonObject);

    private static bool IsCredential(JsonObject? json) => json is not null && json["@context"] is JsonArray && CredentialRules.HasType(json, Type);

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        if (document.JsonObject is { } json)
        {
            return CredentialRules.Faults(json);
        }

        var jws = CompactJws.TryParse(document.Text)!;
        return BundleRules.ParseStatement(jws.Payload) is { } credential
            ? [.. jws.Faults(), .. CredentialRules.Faults(credential)]
            : ["payload: a JSON object is expected, the credential"];
    }
}

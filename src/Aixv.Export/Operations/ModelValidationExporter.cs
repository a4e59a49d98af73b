using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Catalogs;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Operations;

/// <summary>A model-validation-operator <c>ModelValidation</c>: the artifact must be signed by whoever signed it here.</summary>
internal sealed class ModelValidationExporter() : YamlExporter(
    new("model-validation-cr", "model-validation-operator ModelValidation", "v1alpha1", "application/yaml", ".model-validation.yaml", ExportCategory.Operation) { Needs = ExportNeeds.Bundle })
{
    private const string Folder = "/data";

    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return base.Missing(dossier) is { Count: > 0 } missing ? missing
            : dossier.Signer!.Issuer is null ? ["a signature by a certificate: a managed key's file is nowhere named"] : [];
    }

    protected override JsonObject Build(Dossier dossier)
    {
        var signer = dossier.Signer!;
        var evidence = EvidencePointer.Of(dossier)!;
        var file = IsPlain(dossier.Artifact.Name) ? dossier.Artifact.Name : $"model-{dossier.Artifact.Digest.Hex[..12]}";
        return new JsonObject
        {
            ["apiVersion"] = "ml.sigstore.dev/v1alpha1",
            ["kind"] = "ModelValidation",
            ["metadata"] = new JsonObject
            {
                ["name"] = PolicyNames.Of(IsPlain(dossier.Artifact.Name) ? dossier.Artifact.Name : null, dossier.Artifact.Digest.Hex),
                ["annotations"] = new JsonObject { ["aixv.org/artifact"] = dossier.Artifact.Digest.ToString(), ["aixv.org/bundle-sha256"] = evidence.Digest.Hex }
                    .With("aixv.org/log-index", evidence.LogIndex?.ToString(CultureInfo.InvariantCulture))
                    .With("aixv.org/paths", "where the volume holds the model and its signature is for the deployment to say"),
            },
            ["spec"] = new JsonObject
            {
                ["model"] = new JsonObject { ["path"] = $"{Folder}/{file}", ["signaturePath"] = $"{Folder}/{file}.sigstore.json" },
                ["config"] = new JsonObject { ["sigstoreConfig"] = new JsonObject { ["certificateIdentity"] = signer.Subject, ["certificateOidcIssuer"] = signer.Issuer } },
            },
        };
    }

    private static bool IsPlain(string name) => name.Length is > 0 and <= 200 && char.IsAsciiLetterOrDigit(name[0])
        && name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-' or '_');

    protected override bool Recognizes(IReadOnlyDictionary<string, string> members) =>
        members.GetValueOrDefault("kind") == "ModelValidation" && members.GetValueOrDefault("apiVersion")?.StartsWith("ml.sigstore.dev/", StringComparison.Ordinal) == true;

    protected override IEnumerable<string> Faults(IReadOnlyDictionary<string, string> members)
    {
        foreach (var required in (string[])["spec.model.path", "spec.model.signaturePath", "spec.config"])
        {
            if (!members.ContainsKey(required))
            {
                yield return $"{required} is required";
            }
        }
    }
}

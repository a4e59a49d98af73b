using System.Collections.Immutable;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Tests.Findings;

/// <summary>Advisories of every status by everybody, with ids that other systems use, of an artifact of which only the digest is known.</summary>
public sealed class OddAdvisoriesTests
{
    private static readonly string[] Ids = ["CVE-2024-3094", "CAPEC-22", "-", "...", "_", "CVE-1", new string('z', 128), "ADV.2026-1"];

    private static Dossier Odd()
    {
        var dossier = Samples.Dossier(Samples.Recalled);
        var model = dossier.Advisories[2];
        var advisories = ImmutableArray.CreateBuilder<AdvisoryFacts>();
        foreach (var (i, id) in Ids.Index())
        {
            advisories.Add(model with
            {
                Advisory = model.Advisory with
                {
                    Id = id,
                    Status = (AdvisoryStatus)(1 + (i % 3)),
                    ReasonCode = i % 2 == 0 ? "" : "malware-tampered-backdoor",
                    RecommendedActions = i % 2 == 0 ? ["", " "] : [],
                },
                IsTrusted = i % 4 != 0,
                Signer = i % 4 == 0 ? null : model.Signer,
                FirstSeen = i == 1 ? model.FirstSeen : null,
                LastSeen = null,
            });
        }

        return dossier with
        {
            Artifact = new ArtifactFacts(dossier.Artifact.Digest, dossier.Artifact.Digest.ToString()),
            Advisories = advisories.ToImmutable(),
        };
    }

    [Theory]
    [InlineData("csaf-2.0-vex", "csaf.mjs")]
    [InlineData("stix-2.1", "stix.mjs", "stix2.1")]
    [InlineData("openvex", "schema2020.py", "openvex/openvex_json_schema.json")]
    [InlineData("osv", "ajv.mjs", "2020", "osv/osv-schema.json")]
    [InlineData("sarif", "ajv.mjs", "04", "sarif/sarif-schema-2.1.0.json")]
    [InlineData("misp-event", "ajv.mjs", "04", "misp/schema.json")]
    [InlineData("atlas-case-study", "ajv.mjs", "07", "atlas/atlas_website_case_study_schema.json")]
    [InlineData("oscal-assessment-results", "ajv.mjs", "07", "oscal/oscal_complete_schema-1.1.3.json")]
    public void They_make_valid_documents(string format, string script, params string[] arguments)
    {
        var exporter = Exporters.Find(format)!;
        using var output = new MemoryStream();
        exporter.Write(Odd(), output);
        Assert.Empty(exporter.Faults(new DocumentProbe(output.ToArray(), null)));
        using var document = Outside.Write(output.ToArray(), exporter.Format.Extension);
        string[] all = [.. arguments.Select(a => a.Length <= 4 ? a : Outside.Schema(a)), document.Path];
        if (script.EndsWith(".py", StringComparison.Ordinal))
        {
            Outside.Python("jsonschema", script, all);
        }
        else
        {
            Outside.Node(script, all);
        }
    }
}

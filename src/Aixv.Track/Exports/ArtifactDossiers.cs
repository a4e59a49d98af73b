using System.Reflection;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Artifacts;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Storage;

namespace Aixv.Track.Exports;

/// <summary>Gathers what the registry knows of an artifact for the export formats. Every bundle is verified anew.</summary>
internal sealed class ArtifactDossiers(BundleReading reading, TrackOptions options)
{
    private const int MaximumNodes = 5000;
    private const int Depth = 64;

    private static readonly string Version = typeof(ArtifactDossiers).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public async ValueTask<Dossier> BuildAsync(ApiCall call, ArtifactFinding artifact)
    {
        var (attestations, signatures) = await ReadBundlesAsync(call, artifact);
        foreach (var record in artifact.Records)
        {
            var names = await NamesAsync(call, artifact, record);
            if (RecordStatement.Of(record, reference => names.GetValueOrDefault(reference.Id)) is { } statement)
            {
                attestations.Add(AttestationFacts.OfUnsigned(statement, record.Created, $"records/{record.Id}"));
            }
        }

        var version = artifact.Records.Select(r => AttestedRecord.Read(r).Version).FirstOrDefault();
        var advisories = await ArtifactAdvisories.StandingAsync(artifact, call.Cancelled);
        var graph = await Neighbourhood.BuildAsync(artifact, Depth, MaximumNodes, call.Cancelled);
        return DossierBuilder.Build(new DossierInput
        {
            Artifact = new ArtifactFacts(artifact.Digest, artifact.Name ?? artifact.Digest.ToString()) { Version = version },
            FallbackTime = artifact.Records.Select(r => r.Created).Concat(artifact.Attestations.Select(a => a.Stored.Created)).DefaultIfEmpty(call.Registry.Time.GetUtcNow()).Max(),
            ToolVersion = Version,
            Attestations = attestations,
            Signatures = signatures,
            Advisories = [.. advisories.Select((a, i) => new StoreScan.ScannedAdvisory(
                a.Published.Advisory,
                new SignerEvidence(a.Published.Signer, a.Published.Signature["signer"]!["issuer"]?.GetValue<string>()),
                a.Published.SignedAt,
                i,
                $"advisories/{a.Published.RecordId}.json"))],
            AdvisoriesWereChecked = true,
            Lineage = LineageTrust.Of(graph, _ => true),
            TrustsForAdvisories = _ => true,
            Depth = Depth,
            TrustRoot = options.TrustedRoots.Count == 1 ? options.TrustedRoots[0].Fingerprint : null,
            AdvisoryFeed = $"{options.Url}/v1/advisories/feed.json",
        });
    }

    private async ValueTask<(List<AttestationFacts> Attestations, List<BundleFacts> Signatures)> ReadBundlesAsync(ApiCall call, ArtifactFinding artifact)
    {
        var (attestations, signatures) = (new List<AttestationFacts>(), new List<BundleFacts>());
        foreach (var (stored, content) in artifact.Attestations.Where(a => a.Stored.Status == AttestationStatus.Active))
        {
            if (await artifact.View.ReadAttachmentAsync(content.Bundle, call.Cancelled) is not { } bytes)
            {
                throw new InvalidDataException("track: the index names a bundle that is not there");
            }

            if (reading.TryVerify(bytes, new ArtifactDigests(artifact.Digest)) is not { } verified)
            {
                // The trusted roots have changed since: what no longer verifies is not exported as verified.
                continue;
            }

            var bundle = BundleFacts.Of(bytes, verified, $"{options.Url}/v1/attestations/{content.Id}/bundle");
            if (verified.Statement is null)
            {
                signatures.Add(bundle);
            }
            else
            {
                attestations.Add(AttestationFacts.OfSigned(bundle, isTrusted: false, stored.Created));
            }
        }

        return (attestations, signatures);
    }

    private static async ValueTask<Dictionary<TrackId, string>> NamesAsync(ApiCall call, ArtifactFinding artifact, StoredRecord record)
    {
        var names = new Dictionary<TrackId, string>();
        foreach (var reference in AttestedRecord.Read(record).References)
        {
            if (await artifact.View.FindAsync(reference.Type, reference.Id, call.Cancelled) is { } found)
            {
                names[reference.Id] = AttestedRecord.Read(found).Name;
            }
        }

        return names;
    }
}

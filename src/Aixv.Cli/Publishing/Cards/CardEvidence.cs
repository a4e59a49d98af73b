using Aixv.Cli.Commands;
using Aixv.Cli.Publishing.Bundles;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Publishing.Cards;

/// <summary>What the bundles beside an artifact prove of it, as the exports know it: a card says nothing that its readers cannot check with the files beside it.</summary>
internal static class CardEvidence
{
    public static Dossier Gather(App app, AttachedBundles attached, Func<SignerEvidence, bool> trusts, string? trustRoot)
    {
        var facts = attached.Bundles.Select(b => BundleFacts.Of(b.Bytes, b.Verified, b.FileName)).ToList();
        return DossierBuilder.Build(new DossierInput
        {
            Artifact = new ArtifactFacts(attached.Digests.Sha256, Path.GetFileName(attached.Artifact)),
            FallbackTime = app.Time.GetUtcNow(),
            ToolVersion = VersionCommand.Current(),
            Attestations = [.. facts.Where(f => f.Envelope is not null).Select(f => AttestationFacts.OfSigned(f, trusts(f.Signature.Signer)))],
            Signatures = [.. facts.Where(f => f.Envelope is null)],
            Lineage = LineageTrust.Of(new LineageGraphBuilder().Build(), _ => true),
            TrustsForAdvisories = _ => true,
            TrustRoot = trustRoot,
        });
    }
}

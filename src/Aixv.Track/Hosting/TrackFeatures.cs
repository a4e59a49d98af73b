using Aixv.Sigstore.Verification;
using Aixv.Track.Advisories;
using Aixv.Track.Agents;
using Aixv.Track.Artifacts;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Datasets;
using Aixv.Track.Deployments;
using Aixv.Track.Exports;
using Aixv.Track.Graphs;
using Aixv.Track.Importing;
using Aixv.Track.Models;
using Aixv.Track.Pages;
using Aixv.Track.Receipts;
using Aixv.Track.Runs;
using Aixv.Track.Trust;
using Aixv.Track.Webhooks;

namespace Aixv.Track.Hosting;

/// <summary>The list of the API's features: a new one is one line here.</summary>
internal static class TrackFeatures
{
    public static void Map(ApiRoutes routes, TrackRegistry registry, PageAssets assets, PageAnswer pages)
    {
        var attester = new Attester([.. registry.Options.TrustedRoots.Select(root => new Verifier(root))]);
        AgentRoutes.Map(routes);
        new ModelRoutes(attester, new ModelVerdict(registry.Graph)).Map(routes);
        new DatasetRoutes(attester).Map(routes);
        new TrainingRunRoutes(attester).Map(routes);
        new DeploymentRoutes(attester).Map(routes);
        var bundles = new BundleReading(registry.Options.TrustedRoots);
        var scratch = registry.Registry.Store.Scratch;
        new AttestationRoutes(bundles).Map(routes);
        new ArtifactRoutes(registry.Graph, new ArtifactExports(bundles, registry.Options), new ArtifactDocument(registry.Url)).Map(routes);
        new AdvisoryRoutes(registry.Options.TrustedRoots).Map(routes);
        ImportRoutes.Map(routes);
        SearchRoutes.Map(routes);
        var (labels, advisories) = (new NodeLabels(), new StandingAdvisories());
        var pictures = new GraphPictures(registry.Graph, labels, advisories);
        var overviews = new Overviews(new Overview(registry.Graph, labels, advisories), registry.Options.Time);
        new GraphRoutes(pictures).Map(routes);
        new OverviewRoutes(overviews).Map(routes);
        new PageRoutes(registry.Graph, pictures, new ArtifactDocument(registry.Url), overviews, pages).Map(routes);
        new BadgeRoutes(pictures).Map(routes);
        new AssetRoutes(assets).Map(routes);
        new TrustedRootRoutes(registry.Options.TrustedRoots).Map(routes);
        new WebhookRoutes(new WebhookSecrets(scratch), new WebhookQueue(scratch), registry.Options.AllowPrivateWebhooks).Map(routes);
        new ReceiptRoutes(new ProofBundles(new LogSigning(registry.Options))).Map(routes);
    }
}

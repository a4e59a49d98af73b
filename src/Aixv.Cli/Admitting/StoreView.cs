using Aixv.Cli.Trust;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Trust.Instances;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Admitting;

/// <summary>A store as it is now, verified with one trusted root: its records, its lineage. Opened once for all artifacts of a command.</summary>
internal sealed class StoreView
{
    private StoreView(string folder, TrustedRoot root, ManagedKeys keys, IndexKey key, LineageGraph graph, IReadOnlyList<string> warnings)
    {
        (Folder, Root, Keys, Key, Graph, Warnings) = (folder, root, keys, key, graph, warnings);
        Verifier = new Verifier(root);
        Attestations = new AttestationVerifier(Verifier, keys);
        Check = new SigstoreRecordCheck(root, keys);
        Scan = StoreScan.Empty;
    }

    /// <summary>The store's absolute path.</summary>
    public string Folder { get; }

    public TrustedRoot Root { get; }

    /// <summary>The managed keys that signatures without a certificate were tried with.</summary>
    public ManagedKeys Keys { get; }

    public Verifier Verifier { get; }

    public AttestationVerifier Attestations { get; }

    public IRecordCheck Check { get; }

    public IndexKey Key { get; }

    public LineageGraph Graph { get; }

    /// <summary>Files that could not be read, and signatures that do not hold: nothing is left out in silence.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Advisories, waivers and bundles.</summary>
    public StoreScan Scan { get; private init; }

    /// <summary>Reads a store; one that does not exist is empty, and is not made.</summary>
    /// <param name="root">What is trusted; null leaves signatures unchecked, so that nothing is attested but by keys that need no log.</param>
    /// <param name="keys">Managed keys.</param>
    public static StoreView Open(App app, string folder, TrustedRoot? root, ManagedKeys keys, CancellationToken cancellationToken)
    {
        var key = OpenKey(app);
        var trusted = root ?? TrustMaterial.Nobody.ParseRoot();
        if (!System.IO.Directory.Exists(folder))
        {
            return new StoreView(folder, trusted, keys, key, new LineageGraphBuilder().Build(), []);
        }

        var check = root is null && !keys.AllowUnlogged ? null : new SigstoreRecordCheck(trusted, keys);
        var (graph, report) = new StoreIndex(folder, key, check, app.Time).Refresh(cancellationToken);
        var view = new StoreView(folder, trusted, keys, key, graph, []);
        var scan = StoreScan.Run(new RecordStore(folder), new RecordVerifier(view.Verifier, keys), view.Attestations, graph.AttestationsOf(AttestedAdvisories.Uri));
        return view.With(scan, [.. report.Problems.Select(p => $"{p.Path}: {p.Problem}"), .. scan.Unreadable.Concat(scan.LeftOut).Where(u => !report.Problems.Any(p => u.Contains(p.Path, StringComparison.Ordinal)))]);
    }

    private StoreView With(StoreScan scan, IReadOnlyList<string> warnings) => new(Folder, Root, Keys, Key, Graph, warnings) { Scan = scan };

    /// <summary>Only the lineage, without asking for signatures: enough to know what is known.</summary>
    public static LineageGraph OpenUnchecked(App app, string folder, CancellationToken cancellationToken) => System.IO.Directory.Exists(folder)
        ? new StoreIndex(folder, OpenKey(app), check: null, app.Time).Refresh(cancellationToken).Graph
        : new LineageGraphBuilder().Build();

    /// <summary>The key that seals this user's indexes; without a home that can be written, one for this run.</summary>
    private static IndexKey OpenKey(App app)
    {
        var home = app.Setting("AIXV_HOME") is { } set ? app.Resolve(set) : Path.GetDirectoryName(TrustDirectory.Default())!;
        try
        {
            return IndexKey.LoadOrCreate(Path.Combine(home, "index.key"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return IndexKey.Create();
        }
    }
}

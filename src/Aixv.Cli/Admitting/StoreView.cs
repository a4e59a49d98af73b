using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Trust.Instances;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Admitting;

/// <summary>A store as it is now, verified with one trusted root: its records, its lineage. Opened once for all artifacts of a command.</summary>
internal sealed class StoreView
{
    private StoreView(string folder, TrustedRoot root, Verifier verifier, IndexKey key, LineageGraph graph, IReadOnlyList<string> warnings, StoreScan scan)
    {
        (Folder, Root, Verifier, Key, Graph, Warnings, Scan) = (folder, root, verifier, key, graph, warnings, scan);
        Check = new SigstoreRecordCheck(root);
    }

    /// <summary>The store's absolute path.</summary>
    public string Folder { get; }

    public TrustedRoot Root { get; }

    public Verifier Verifier { get; }

    public IRecordCheck Check { get; }

    public IndexKey Key { get; }

    public LineageGraph Graph { get; }

    /// <summary>Files that could not be read, and signatures that do not hold: nothing is left out in silence.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Advisories, waivers and bundles.</summary>
    public StoreScan Scan { get; }

    /// <summary>Reads a store; one that does not exist is empty, and is not made.</summary>
    public static StoreView Open(App app, string folder, TrustedRoot root, CancellationToken cancellationToken)
    {
        var verifier = new Verifier(root);
        var key = OpenKey(app);
        if (!System.IO.Directory.Exists(folder))
        {
            return new StoreView(folder, root, verifier, key, new LineageGraphBuilder().Build(), [], StoreScan.Empty);
        }

        var (graph, report) = new StoreIndex(folder, key, new SigstoreRecordCheck(root), app.Time).Refresh(cancellationToken);
        var scan = StoreScan.Run(new RecordStore(folder), new RecordVerifier(verifier));
        string[] warnings = [.. report.Problems.Select(p => $"{p.Path}: {p.Problem}"), .. scan.Unreadable.Where(u => !report.Problems.Any(p => u.Contains(p.Path, StringComparison.Ordinal)))];
        return new StoreView(folder, root, verifier, key, graph, warnings, scan);
    }

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

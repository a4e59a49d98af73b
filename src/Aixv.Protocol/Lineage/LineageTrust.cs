namespace Aixv.Protocol.Lineage;

/// <summary>Whose records of a graph may change a decision: those with a verified signature of a trusted signer.</summary>
public sealed class LineageTrust
{
    private LineageTrust(LineageGraph graph, bool[] sources) => (Graph, Sources) = (graph, sources);

    public LineageGraph Graph { get; }

    /// <summary>By source.</summary>
    internal bool[] Sources { get; }

    /// <summary>Trusts the signers that <paramref name="trusts"/> accepts; it is asked once for each signer.</summary>
    public static LineageTrust Of(LineageGraph graph, Func<LineageSigner, bool> trusts)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(trusts);
        var answers = new Dictionary<(int, int), bool>();
        var rows = graph.Sources.Rows;
        var trusted = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Status != SourceStatus.Verified || rows[i].SignerSubject < 0)
            {
                continue;
            }

            var signer = (rows[i].SignerSubject, rows[i].SignerIssuer);
            if (!answers.TryGetValue(signer, out var answer))
            {
                answer = trusts(graph.Sources.Read(i).Signer!);
                answers.Add(signer, answer);
            }

            trusted[i] = answer;
        }

        return new LineageTrust(graph, trusted);
    }

    /// <summary>Whether the record of a claim is trusted.</summary>
    public bool Trusts(EdgeClaim claim) => Sources[claim.Source];
}

using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Reports;

/// <summary>
/// What of a lineage is drawn: the nodes near the artifact, in layers; of a crowded layer those that matter most, and a count of the others.
/// Numbers of all nodes and edges are kept, their facts only for what is shown.
/// </summary>
internal sealed class LineagePicture
{
    /// <summary>How many boxes a layer has at most, one of them a count where there are more nodes.</summary>
    private const int LayerHeight = 8;

    private const int LayersUp = 4;
    private const int LayersDown = 2;

    private readonly List<PictureBox> boxes = [];
    private readonly List<PictureArrow> arrows = [];

    private LineagePicture()
    {
    }

    public IReadOnlyList<PictureBox> Boxes => boxes;

    public IReadOnlyList<PictureArrow> Arrows => arrows;

    /// <summary>All nodes of the lineage but the artifact.</summary>
    public int Ancestors { get; private init; }

    public int Datasets { get; private init; }

    public int Descendants { get; private init; }

    public int Attested { get; private init; }

    public int Recalled { get; private init; }

    public bool IsCollapsed => boxes.Exists(box => box.Hidden is not null);

    public static LineagePicture Of(ILineage lineage)
    {
        ArgumentNullException.ThrowIfNull(lineage);
        var numbers = new Dictionary<string, int>(lineage.NodeCount, StringComparer.Ordinal);
        var marks = new List<NodeMark>(lineage.NodeCount);
        var start = 0;
        foreach (var node in lineage.Nodes)
        {
            start = node.IsArtifact ? marks.Count : start;
            numbers[node.Key] = marks.Count;
            marks.Add(new NodeMark(node.Kind == LineageNodeKind.Dataset, node.Tier, !node.RecalledBy.IsEmpty));
        }

        var edges = lineage.Edges
            .Where(edge => numbers.ContainsKey(edge.ChildKey) && numbers.ContainsKey(edge.ParentKey))
            .Select(edge => (Child: numbers[edge.ChildKey], Parent: numbers[edge.ParentKey], edge.IsAttested, Label: edge.Split is null ? edge.RelationName : $"{edge.RelationName} ({ShownText.Short(edge.Split, 24)})"))
            .ToList();
        var layers = Layers(marks.Count, start, edges.Select(e => (e.Child, e.Parent)).ToList());
        var picture = new LineagePicture
        {
            Ancestors = Count(marks, (mark, i) => layers[i] > 0 && !mark.IsDataset),
            Datasets = Count(marks, (mark, i) => i != start && mark.IsDataset),
            Descendants = Count(marks, (mark, i) => layers[i] < 0 && !mark.IsDataset),
            Attested = Count(marks, (mark, i) => i != start && mark.Tier == EvidenceTier.Attested),
            Recalled = Count(marks, (mark, _) => mark.IsRecalled),
        };
        var places = picture.Choose(lineage, marks, layers);
        foreach (var group in edges
            .Where(e => places[e.Child] != places[e.Parent])
            .GroupBy(e => (From: places[e.Parent], To: places[e.Child]))
            .OrderBy(g => g.Key))
        {
            var labels = group.Select(e => e.Label).Distinct(StringComparer.Ordinal).ToList();
            var count = group.Count();
            picture.arrows.Add(new PictureArrow(
                group.Key.From,
                group.Key.To,
                group.All(e => e.IsAttested),
                labels.Count <= 3 ? string.Join(", ", labels) : string.Create(CultureInfo.InvariantCulture, $"{count:N0} edges")));
        }

        return picture;
    }

    private readonly record struct NodeMark(bool IsDataset, EvidenceTier Tier, bool IsRecalled);

    private static int Count(List<NodeMark> marks, Func<NodeMark, int, bool> counts) => marks.Where(counts).Count();

    /// <summary>The least number of steps from the artifact: up is positive, down negative.</summary>
    private static int[] Layers(int count, int start, List<(int Child, int Parent)> edges)
    {
        var layers = new int[count];
        layers.AsSpan().Fill(int.MinValue);
        layers[start] = 0;
        var parents = edges.ToLookup(e => e.Child, e => e.Parent);
        var children = edges.ToLookup(e => e.Parent, e => e.Child);
        foreach (var (next, sign) in new[] { (parents, 1), (children, -1) })
        {
            var level = new List<int> { start };
            for (var depth = 1; level.Count > 0; depth++)
            {
                level = [.. level.SelectMany(node => next[node]).Where(node => layers[node] == int.MinValue).Distinct()];
                foreach (var node in level)
                {
                    layers[node] = sign * depth;
                }
            }
        }

        // What only comes to the artifact beside it, as another input of a descendant, stands one step above the artifact.
        for (var i = 0; i < count; i++)
        {
            layers[i] = layers[i] == int.MinValue ? 1 : layers[i];
        }

        return layers;
    }

    /// <summary>Makes the boxes; returns the box of every node.</summary>
    private int[] Choose(ILineage lineage, List<NodeMark> marks, int[] layers)
    {
        var places = new int[marks.Count];
        places.AsSpan().Fill(-1);
        var chosen = new Dictionary<int, int>();
        foreach (var layer in Enumerable.Range(0, marks.Count).GroupBy(i => Math.Clamp(layers[i], -LayersDown, LayersUp)).OrderByDescending(g => g.Key))
        {
            var near = layer.Where(i => layers[i] == layer.Key)
                .OrderByDescending(i => marks[i].IsRecalled).ThenBy(i => marks[i].IsDataset).ThenByDescending(i => marks[i].Tier).ThenBy(i => i).ToList();
            var shown = near.Count <= LayerHeight && near.Count == layer.Count() ? near : near.Take(LayerHeight - 1).ToList();
            foreach (var node in shown)
            {
                chosen.Add(node, boxes.Count);
                places[node] = boxes.Count;
                boxes.Add(new PictureBox(layer.Key, null, null));
            }

            var hidden = layer.Where(i => places[i] < 0).ToList();
            if (hidden.Count > 0)
            {
                hidden.ForEach(i => places[i] = boxes.Count);
                boxes.Add(new PictureBox(layer.Key, null, new HiddenNodes(
                    hidden.Count,
                    hidden.Count(i => marks[i].IsDataset),
                    hidden.Count(i => marks[i].Tier == EvidenceTier.Attested),
                    hidden.Count(i => marks[i].IsRecalled),
                    hidden.Exists(i => layers[i] != layer.Key))));
            }
        }

        var number = 0;
        foreach (var node in lineage.Nodes)
        {
            if (chosen.TryGetValue(number++, out var box))
            {
                boxes[box] = boxes[box] with { Node = node };
            }
        }

        return places;
    }
}

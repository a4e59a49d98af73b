using Aixv.Export.Dossiers;

namespace Aixv.Export.Reports;

/// <summary>A box of the lineage picture: one node, or a count of nodes that are not shown one by one.</summary>
/// <param name="Layer">How many steps above the artifact; negative below it.</param>
/// <param name="Node">Null for a count.</param>
/// <param name="Hidden">Null for a node.</param>
internal sealed record PictureBox(int Layer, LineageNodeFacts? Node, HiddenNodes? Hidden)
{
    public bool IsArtifact => Node is { IsArtifact: true };

    public bool IsRecalled => Node is { RecalledBy.IsEmpty: false } || Hidden is { Recalled: > 0 };
}

/// <summary>Nodes that are counted only.</summary>
/// <param name="Attested">How many of them are attested.</param>
/// <param name="Recalled">How many of them are recalled.</param>
/// <param name="IsBeyond">Whether nodes further away are among them.</param>
internal sealed record HiddenNodes(int Count, int Datasets, int Attested, int Recalled, bool IsBeyond);

/// <summary>An arrow of the picture, from what was used to what was made.</summary>
/// <param name="From">The number of a box.</param>
/// <param name="To">The number of a box.</param>
/// <param name="IsAttested">Whether all edges that it stands for are.</param>
/// <param name="Label">What the edge says, or how many it stands for.</param>
internal sealed record PictureArrow(int From, int To, bool IsAttested, string Label);

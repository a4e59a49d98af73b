namespace Aixv.Cli.Output;

/// <summary>A line of a tree, with the lines under it.</summary>
internal sealed record TreeNode(string Text, IReadOnlyList<TreeNode> Children)
{
    /// <summary>Writes the tree without recursion, for lineages may be deep; branches are drawn with lines, or in ASCII.</summary>
    public void Describe(Report report, string indent = "")
    {
        var (tee, corner, bar) = report.HasSymbols ? ("├─ ", "└─ ", "│  ") : ("|- ", "`- ", "|  ");
        var waiting = new Stack<(TreeNode Node, string Head, string Under)>();
        waiting.Push((this, indent, indent));
        while (waiting.TryPop(out var next))
        {
            report.Line(next.Head + next.Node.Text);
            for (var i = next.Node.Children.Count - 1; i >= 0; i--)
            {
                var isLast = i == next.Node.Children.Count - 1;
                waiting.Push((next.Node.Children[i], next.Under + (isLast ? corner : tee), next.Under + (isLast ? "   " : bar)));
            }
        }
    }
}

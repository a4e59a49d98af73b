using System.Globalization;
using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Reports;

/// <summary>Draws a lineage picture. Tiers differ by their outline and by a word, recalls by a thick double outline, hatching and a word.</summary>
internal static class PictureSvg
{
    private const int TextLength = 23;

    public static void Write(HtmlWriter page, LineagePicture picture)
    {
        var layout = new PictureLayout(picture);
        page.Begin("svg", ("class", "lineage"), ("role", "img"), ("aria-labelledby", "lineage-title"),
            ("viewBox", Numbers($"0 0 {layout.Width} {layout.Height}")), ("width", Numbers($"{layout.Width}")), ("height", Numbers($"{layout.Height}")));
        page.Element("title", "Lineage: what the artifact was made from stands to its left, what was made from it to its right.", ("id", "lineage-title"));
        WriteDefinitions(page);
        var ways = layout.Ways;
        for (var i = 0; i < picture.Arrows.Count; i++)
        {
            WriteArrow(page, picture, picture.Arrows[i], ways[i]);
        }

        for (var i = 0; i < picture.Boxes.Count; i++)
        {
            WriteBox(page, picture.Boxes[i], layout.Boxes[i]);
        }

        page.EndSvg();
    }

    private static void WriteDefinitions(HtmlWriter page)
    {
        page.Begin("defs");
        foreach (var name in (string[])["tip", "recall-tip"])
        {
            page.Begin("marker", ("id", name), ("viewBox", "0 0 8 8"), ("refX", "7.5"), ("refY", "4"), ("markerWidth", "9"), ("markerHeight", "9"), ("markerUnits", "userSpaceOnUse"), ("orient", "auto"))
                .Begin("path", ("d", "M0 0.5 8 4 0 7.5z"), ("class", name)).End().End();
        }

        page.Begin("clipPath", ("id", "within")).Begin("rect", ("x", "6"), ("y", "0"), ("width", Numbers($"{PictureLayout.BoxWidth - 12}")), ("height", Numbers($"{PictureLayout.BoxHeight}"))).End().End();
        page.Begin("pattern", ("id", "hatch"), ("width", "6"), ("height", "6"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)"))
            .Begin("line", ("x1", "0"), ("y1", "0"), ("x2", "0"), ("y2", "6"), ("class", "hatch")).End().End();
        page.End();
    }

    private static void WriteArrow(HtmlWriter page, LineagePicture picture, PictureArrow arrow, IReadOnlyList<(int X, int Y)> way)
    {
        var path = new StringBuilder(Numbers($"M{way[0].X} {way[0].Y}"));
        for (var i = 1; i < way.Count; i++)
        {
            var ((x0, y0), (x1, y1)) = (way[i - 1], way[i]);
            // An arrow that cannot go to the right (within a layer, or back in a cycle) bows out.
            var bend = x1 > x0 ? (x1 - x0) / 2 : 60;
            path.Append(Numbers($"C{x0 + bend} {y0} {x1 - bend} {y1} {x1} {y1}"));
        }

        var isRecall = picture.Boxes[arrow.From].IsRecalled && picture.Boxes[arrow.To].IsRecalled;
        var name = (arrow.IsAttested ? "edge" : "edge claimed") + (isRecall ? " recall" : "");
        page.Begin("path", ("d", path.ToString()), ("class", name), ("marker-end", isRecall ? "url(#recall-tip)" : "url(#tip)")).Element("title", arrow.Label).End();
    }

    private static void WriteBox(HtmlWriter page, PictureBox box, (int X, int Y) at)
    {
        page.Begin("g", ("class", Class(box)), ("transform", Numbers($"translate({at.X} {at.Y})")));
        page.Element("title", box.Node is { } named ? ShownText.Of(named.Digest is null ? named.Label : $"{named.Label} {named.Digest}", 400) : Sum(box.Hidden!));
        var radius = box.Node?.Kind == LineageNodeKind.Dataset ? 25 : box.Hidden is not null ? 0 : 4;
        Rectangle(page, 0, radius, "box");
        if (box.IsRecalled)
        {
            Rectangle(page, 0, radius, "hatched");
            Rectangle(page, 4, Math.Max(0, radius - 4), "inner");
        }

        var (first, second) = box.Node is { } node ? (PictureLabel.Of(node, TextLength), Words(node)) : (Count(box.Hidden!), Words(box.Hidden!));
        var middle = Numbers($"{PictureLayout.BoxWidth / 2}");
        page.Begin("g", ("clip-path", "url(#within)"));
        page.Element("text", first, ("class", "label"), ("x", middle), ("y", "21"));
        page.Element("text", second, ("class", "note"), ("x", middle), ("y", "38"));
        page.End().End();
    }

    private static void Rectangle(HtmlWriter page, int inset, int radius, string name) => page.Begin(
        "rect",
        ("class", name),
        ("x", Numbers($"{inset}")),
        ("y", Numbers($"{inset}")),
        ("width", Numbers($"{PictureLayout.BoxWidth - (2 * inset)}")),
        ("height", Numbers($"{PictureLayout.BoxHeight - (2 * inset)}")),
        ("rx", Numbers($"{radius}"))).End();

    private static string Class(PictureBox box) =>
        "node " + (box.Node is { } node ? node.Tier.ToName() : "many") + (box.IsArtifact ? " self" : "") + (box.IsRecalled ? " recalled" : "");

    private static string Words(LineageNodeFacts node)
    {
        var kind = node.IsArtifact ? "this artifact" : node.Kind switch
        {
            LineageNodeKind.Model => "model",
            LineageNodeKind.Dataset => "dataset",
            LineageNodeKind.Deployment => "deployment",
        };
        return $"{kind} · {(node.RecalledBy.IsEmpty ? node.Tier.ToName() : "RECALLED")}";
    }

    private static string Count(HiddenNodes hidden) => Numbers($"+ {hidden.Count:N0} more{(hidden.IsBeyond ? ", and beyond" : "")}");

    private static string Words(HiddenNodes hidden) => hidden.Recalled > 0
        ? Numbers($"{hidden.Recalled:N0} RECALLED")
        : Numbers($"{hidden.Attested:N0} attested · {hidden.Datasets:N0} data");

    private static string Sum(HiddenNodes hidden) =>
        Numbers($"{hidden.Count:N0} more: {hidden.Datasets:N0} datasets; {hidden.Attested:N0} attested, {hidden.Recalled:N0} recalled");

    private static string Numbers(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

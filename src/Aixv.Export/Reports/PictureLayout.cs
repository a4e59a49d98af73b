namespace Aixv.Export.Reports;

/// <summary>Where the boxes of a lineage picture stand: sources on the left, the artifact after them, what came of it on the right.</summary>
/// <remarks>Layers by the longest way, order within a layer by the mean of the neighbours, long arrows led around by places without a box.</remarks>
internal sealed class PictureLayout
{
    public const int BoxWidth = 184;
    public const int BoxHeight = 50;
    private const int ColumnGap = 70;
    private const int RowGap = 14;
    private const int WayHeight = 10;
    private const int Margin = 8;
    private const int Sweeps = 6;

    private readonly LineagePicture picture;
    private readonly int[] layers;
    private readonly List<List<Slot>> columns = [];

    public PictureLayout(LineagePicture picture)
    {
        this.picture = picture;
        layers = LongestWays();
        var slots = Place();
        Order();
        Settle();
        Boxes = [.. slots.Select(slot => (slot.X, slot.Y))];
    }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The upper left corner of every box.</summary>
    public IReadOnlyList<(int X, int Y)> Boxes { get; }

    /// <summary>The points that each arrow goes through, its ends among them.</summary>
    public IReadOnlyList<IReadOnlyList<(int X, int Y)>> Ways => [.. ways.Select(way => (IReadOnlyList<(int, int)>)[.. way.Select((slot, i) => slot.Point(i == 0))])];

    private readonly List<List<Slot>> ways = [];

    /// <summary>A place in a column: a box, or an arrow that passes.</summary>
    private sealed class Slot(int box)
    {
        public int Box { get; } = box;

        public List<Slot> Neighbours { get; } = [];

        public int X { get; set; }

        public int Y { get; set; }

        public double Rank { get; set; }

        public int Height => Box < 0 ? WayHeight : BoxHeight;

        /// <summary>Where an arrow touches it: on the right where it begins, on the left where it ends, in the middle where it passes.</summary>
        public (int, int) Point(bool begins) => (Box < 0 ? X + (BoxWidth / 2) : begins ? X + BoxWidth : X, Y + (Height / 2));
    }

    /// <summary>Layers such that arrows go to the right wherever that can be; of a cycle as far as it goes.</summary>
    private int[] LongestWays()
    {
        var result = picture.Boxes.Select(box => box.Layer).ToArray();
        for (var round = 0; round < picture.Boxes.Count; round++)
        {
            var moved = false;
            foreach (var arrow in picture.Arrows)
            {
                if (picture.Boxes[arrow.From] is { Hidden: null, IsArtifact: false } from && from.Layer > 0 && picture.Boxes[arrow.To].Layer >= 0
                    && result[arrow.From] <= result[arrow.To] && result[arrow.To] < 7)
                {
                    result[arrow.From] = result[arrow.To] + 1;
                    moved = true;
                }
            }

            if (!moved)
            {
                break;
            }
        }

        // Layers that were left empty take no room.
        var order = result.Distinct().Order().ToList();
        return [.. result.Select(layer => order.IndexOf(layer))];
    }

    private Slot[] Place()
    {
        var slots = picture.Boxes.Select((_, i) => new Slot(i)).ToArray();
        var highest = layers.Max();
        for (var layer = highest; layer >= layers.Min(); layer--)
        {
            columns.Add([.. slots.Where(slot => layers[slot.Box] == layer)]);
        }

        foreach (var arrow in picture.Arrows)
        {
            List<Slot> way = [slots[arrow.From]];
            for (var layer = layers[arrow.From] - 1; layer > layers[arrow.To]; layer--)
            {
                var passing = new Slot(-1);
                columns[highest - layer].Add(passing);
                way.Add(passing);
            }

            way.Add(slots[arrow.To]);
            for (var i = 1; i < way.Count; i++)
            {
                way[i - 1].Neighbours.Add(way[i]);
                way[i].Neighbours.Add(way[i - 1]);
            }

            ways.Add(way);
        }

        return slots;
    }

    private void Order()
    {
        foreach (var column in columns)
        {
            Rank(column);
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var column in sweep % 2 == 0 ? columns : Enumerable.Reverse(columns))
            {
                var wish = column.ToDictionary(slot => slot, slot => slot.Neighbours.Count == 0 ? slot.Rank : slot.Neighbours.Average(n => n.Rank));
                column.Sort((a, b) => (Last(a), wish[a], a.Rank).CompareTo((Last(b), wish[b], b.Rank)));
                Rank(column);
            }
        }
    }

    /// <summary>Counts stand at the foot of their column.</summary>
    private bool Last(Slot slot) => slot.Box >= 0 && picture.Boxes[slot.Box].Hidden is not null;

    /// <summary>From 0 at the top to 1 at the foot, so that short and long columns compare.</summary>
    private static void Rank(List<Slot> column)
    {
        for (var i = 0; i < column.Count; i++)
        {
            column[i].Rank = (i + 0.5) / column.Count;
        }
    }

    private void Settle()
    {
        static int HeightOf(List<Slot> column) => column.Sum(slot => slot.Height + RowGap) - RowGap;
        var tallest = columns.Max(HeightOf);
        for (var i = 0; i < columns.Count; i++)
        {
            var y = Margin + ((tallest - HeightOf(columns[i])) / 2);
            foreach (var slot in columns[i])
            {
                (slot.X, slot.Y) = (Margin + (i * (BoxWidth + ColumnGap)), y);
                y += slot.Height + RowGap;
            }
        }

        Width = (2 * Margin) + (columns.Count * BoxWidth) + ((columns.Count - 1) * ColumnGap);
        Height = tallest + (2 * Margin);
    }
}

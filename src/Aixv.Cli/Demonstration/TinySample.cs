using System.Globalization;
using System.Text;

namespace Aixv.Cli.Demonstration;

/// <summary>One row of a dataset.</summary>
internal readonly record struct TinySample(float X, float Y, float Target)
{
    /// <summary>Points of a grid over [-1, 1]² with the values of <paramref name="function"/>.</summary>
    public static IReadOnlyList<TinySample> Grid(int side, Func<float, float, float> function)
    {
        var samples = new List<TinySample>(side * side);
        for (var i = 0; i < side * side; i++)
        {
            var x = (2f * (i % side) / (side - 1)) - 1;
            var y = (2f * (i / side) / (side - 1)) - 1;
            samples.Add(new TinySample(x, y, function(x, y)));
        }

        return samples;
    }

    /// <summary>The dataset as a CSV file.</summary>
    public static byte[] ToCsv(IEnumerable<TinySample> samples)
    {
        var text = new StringBuilder("x,y,target\n");
        foreach (var sample in samples)
        {
            text.Append(CultureInfo.InvariantCulture, $"{sample.X:R},{sample.Y:R},{sample.Target:R}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

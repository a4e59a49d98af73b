using System.Globalization;

namespace Aixv.Bench.Measuring;

/// <summary>One line of the table.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Ours">Our figure, with its unit.</param>
/// <param name="Yardstick">What it is measured against, and that figure.</param>
/// <param name="Ratio">Ours by the yardstick's; null for a line that only states a figure.</param>
/// <param name="Goal">The goal in words.</param>
/// <param name="Met">Whether the goal is reached; null where there is none.</param>
internal sealed record Line(string What, string Ours, string Yardstick, double? Ratio, string Goal, bool? Met)
{
    /// <summary>A figure that should be at least <paramref name="goal"/> times the yardstick's.</summary>
    internal static Line AtLeast(string what, string ours, string yardstick, double ratio, double goal) =>
        new(what, ours, yardstick, ratio, $"≥ {Text(goal)}", ratio >= goal);

    /// <summary>A figure that should be at most <paramref name="goal"/> times the yardstick's.</summary>
    internal static Line AtMost(string what, string ours, string yardstick, double ratio, double goal) =>
        new(what, ours, yardstick, ratio, $"≤ {Text(goal)}", ratio <= goal);

    /// <summary>A line whose measurement could not be made, and why.</summary>
    internal static Line Missing(string what, string why) => new(what, "not measured", why, null, "", null);

    internal static string Header =>
        "| what | ours | yardstick | ratio | goal | met |\n|---|---|---|---|---|---|";

    public override string ToString() =>
        $"| {What} | {Ours} | {Yardstick} | {(Ratio is { } ratio ? $"**{Text(ratio)}**" : "")} | {Goal} | {Met switch { true => "yes", false => "**no**", null => "" }} |";

    internal static string Text(double value) => value.ToString(value switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}

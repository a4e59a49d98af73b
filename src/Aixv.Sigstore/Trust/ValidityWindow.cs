using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Trust;

/// <summary>When a key or authority is valid; both ends are inclusive.</summary>
public sealed record ValidityWindow(DateTimeOffset Start, DateTimeOffset? End)
{
    public bool Contains(DateTimeOffset time) => Start <= time && (End is null || time <= End);

    public override string ToString() => $"{Rfc3339.Format(Start)} to {(End is { } end ? Rfc3339.Format(end) : "now")}";

    /// <summary>Reads a TimeRange. A window without a start is malformed, not unbounded.</summary>
    /// <exception cref="FormatException">No window, no start, or an end before it.</exception>
    internal static ValidityWindow Read(ProtoObject owner, string name)
    {
        var json = owner.RequiredMessage(name);
        var start = json.Time("start") ?? throw new FormatException($"{json.Path}.start: required and missing");
        var end = json.Time("end");
        return end is null || start <= end ? new ValidityWindow(start, end) : throw new FormatException($"{json.Path}: ends before it starts");
    }
}

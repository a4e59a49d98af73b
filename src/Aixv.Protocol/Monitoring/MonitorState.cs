using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Protocol.Monitoring;

/// <summary>How far a monitor is with a log.</summary>
/// <param name="Note">The last checkpoint that was checked, as the log signed it.</param>
/// <param name="Scanned">How many entries were looked at.</param>
public sealed record MonitorState(SignedNote Note, ulong Scanned)
{
    public const string Type = "aixv.monitor-state/v1";

    /// <summary>The longest state, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    /// <summary>The largest tree that can be followed: what every JSON reader can count exactly.</summary>
    internal const ulong MaximumSize = (1UL << 53) - 1;

    internal static ObjectShape Shape { get; } = new(
        new Field("state_type", TextShape.OneOf(Type), Required: true),
        new Field("checkpoint", new LinesShape(SignedNote.MaximumLength), Required: true),
        new Field("scanned", new IntegerShape(0, (long)MaximumSize), Required: true));

    /// <summary>The tree of <see cref="Note"/>.</summary>
    public Checkpoint Checkpoint { get; } = Checkpoint.Parse(Note.Text.Span);

    /// <exception cref="FormatException">Not a state.</exception>
    public static MonitorState Parse(ReadOnlyMemory<byte> json)
    {
        var read = Shape.ReadInPlace(SortedJson.ParseObject(json, "monitor state", MaximumBytes), "monitor state");
        var state = new MonitorState(SignedNote.Parse(Encoding.UTF8.GetBytes(read.RequiredText("checkpoint"))), (ulong)read.Long("scanned")!.Value);
        return state.Scanned <= state.Checkpoint.Size ? state : throw new FormatException("invalid monitor state: more entries were scanned than there are");
    }

    public JsonObject ToJson() => new() { ["state_type"] = Type, ["checkpoint"] = Note.ToString(), ["scanned"] = (long)Scanned };
}

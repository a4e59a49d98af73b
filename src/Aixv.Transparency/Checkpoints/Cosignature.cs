using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Aixv.Transparency.Checkpoints;

/// <summary>A verified C2SP cosignature/v1: its key saw this checkpoint, and none that disagrees with it, by that time.</summary>
/// <param name="Name">The cosigner's key name.</param>
/// <param name="KeyId">4 bytes.</param>
/// <param name="Time">Whole seconds.</param>
public sealed record Cosignature(string Name, ReadOnlyMemory<byte> KeyId, DateTimeOffset Time)
{
    /// <summary>An 8-byte big-endian time, then a 64-byte Ed25519 signature.</summary>
    internal const int TimeLength = 8;
    internal const int TotalLength = TimeLength + 64;
    private static readonly ulong Latest = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    internal static byte[] Message(ulong seconds, ReadOnlySpan<byte> text) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n")), .. text];

    /// <summary>The time in a signature, in seconds since 1970, or null when the form is wrong or the year is past 9999.</summary>
    internal static ulong? ReadTime(ReadOnlySpan<byte> signature) =>
        signature.Length == TotalLength && BinaryPrimitives.ReadUInt64BigEndian(signature) is var seconds && seconds <= Latest ? seconds : null;

    public bool Equals(Cosignature? other) => other is not null && Name == other.Name && Time == other.Time
        && KeyId.Span.SequenceEqual(other.KeyId.Span);

    public override int GetHashCode() => HashCode.Combine(Name, Time);
}

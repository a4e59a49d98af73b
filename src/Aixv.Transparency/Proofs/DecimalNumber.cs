using System.Buffers.Text;

namespace Aixv.Transparency.Proofs;

/// <summary>Decimal numbers as C2SP formats have them: ASCII digits, no leading zeros.</summary>
internal static class DecimalNumber
{
    internal static ulong? Read(ReadOnlySpan<byte> digits) =>
        digits is not [(byte)'0', _, ..] && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(digits, out ulong number, out var read) && read == digits.Length ? number : null;
}

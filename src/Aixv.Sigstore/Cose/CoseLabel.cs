using Aixv.Sigstore.Cbor;

namespace Aixv.Sigstore.Cose;

/// <summary>The name of a COSE header parameter or claim: a number or a text (RFC 9052 §1.4).</summary>
public readonly record struct CoseLabel
{
    private CoseLabel(long number, string? text)
    {
        Number = number;
        Text = text;
    }

    /// <summary>The number; 0 when it is a text.</summary>
    public long Number { get; }

    /// <summary>The text, or null when it is a number.</summary>
    public string? Text { get; }

    public static implicit operator CoseLabel(long number) => FromInt64(number);

    public static implicit operator CoseLabel(string text) => FromString(text);

    public static CoseLabel FromInt64(long number) => new(number, null);

    public static CoseLabel FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(0, text);
    }

    public override string ToString() => Text is null ? Number.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"\"{Text}\"";

    internal byte[] Encode() => Text is null ? new CborWriter().WriteInteger(Number).ToBytes() : new CborWriter().WriteText(Text).ToBytes();

    internal static CoseLabel Read(CborReader reader) => reader.Peek() == CborMajorType.Text ? reader.ReadText() : reader.ReadInteger();
}

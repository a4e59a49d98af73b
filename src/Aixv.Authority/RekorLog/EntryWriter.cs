using System.Buffers;

namespace Aixv.Authority.RekorLog;

/// <summary>Writes canonical JSON whose strings need no escapes; the caller keeps members in RFC 8785 order.</summary>
internal sealed class EntryWriter(int capacity)
{
    private readonly ArrayBufferWriter<byte> output = new(capacity);

    public EntryWriter Text(ReadOnlySpan<byte> text)
    {
        output.Write(text);
        return this;
    }

    /// <summary>A name from this code's own tables.</summary>
    public EntryWriter Name(string name)
    {
        output.Advance(System.Text.Encoding.ASCII.GetBytes(name, output.GetSpan(name.Length)));
        return this;
    }

    public EntryWriter Base64(ReadOnlySpan<byte> bytes)
    {
        Base64Encode(bytes, output.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out var written);
        output.Advance(written);
        return this;
    }

    private static void Base64Encode(ReadOnlySpan<byte> bytes, Span<byte> target, out int written) =>
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, target, out _, out written);

    /// <summary><c>"verifier":{…}</c>.</summary>
    public EntryWriter Verifier(EntryVerifier verifier) =>
        Text("\"verifier\":{\"keyDetails\":\""u8).Name(verifier.Details.Name)
        .Text("\",\""u8).Name(verifier.Form).Text("\":{\"rawBytes\":\""u8).Base64(verifier.RawBytes).Text("\"}}"u8);

    public byte[] ToArray() => output.WrittenSpan.ToArray();
}

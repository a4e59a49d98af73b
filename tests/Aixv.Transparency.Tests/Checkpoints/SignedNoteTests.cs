using System.Collections.Immutable;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Tests.Checkpoints;

public sealed class SignedNoteTests
{
    private const string Line = "\u2014 example.com/log AQIDBAU=\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "newline" },
        { "text\n", "blank line" },
        { "text\n\n", "no signatures" },
        { "text\n" + Line, "blank line" },
        { "text\n\n" + Line.TrimEnd('\n'), "newline" },
        { "text\n\n" + Line + "\n", "no signatures" },
        { "text\n\n" + Line + "more\n", "signature line 2" },
        { "te\rxt\n\n" + Line, "0x0d" },
        { "te\0xt\n\n" + Line, "0x00" },
        { "te\txt\n\n" + Line, "0x09" },
        { "text\n\n- example.com/log AQIDBAU=\n", "signature line 1" },
        { "text\n\n\u2013 example.com/log AQIDBAU=\n", "signature line 1" },
        { "text\n\n\u2014  AQIDBAU=\n", "signature line 1" },
        { "text\n\n\u2014 a+b AQIDBAU=\n", "signature line 1" },
        { "text\n\n\u2014 a\u00a0b AQIDBAU=\n", "signature line 1" },
        { "text\n\n\u2014 name\n", "signature line 1" },
        { "text\n\n\u2014 name \n", "signature line 1" },
        { "text\n\n\u2014 name AQIDBA==\n", "signature line 1" },
        { "text\n\n\u2014 name AQIDBAU\n", "signature line 1" },
        { "text\n\n\u2014 name AQIDBAV=\n", "signature line 1" },
        { "text\n\n\u2014 name AQID BAU=\n", "signature line 1" },
        { "text\n\n\u2014 name AQIDBAU= \n", "signature line 1" },
        { "text\n\n\u2014 name AQIDBA-_\n", "signature line 1" },
        { "text\n\n " + Line, "signature line 1" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void Malformed_notes_are_refused_for_the_reason(string note, string reason)
    {
        Assert.False(SignedNote.TryParse(Bytes(note), out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => SignedNote.Parse(Bytes(note)));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        byte[] note = [0xff, .. Bytes("\n\n" + Line)];
        Assert.False(SignedNote.TryParse(note, out _, out var error));
        Assert.Contains("UTF-8", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text\n", 1)]
    [InlineData("one\n\ntwo\n\n\nthree\n", 1)]
    [InlineData("\n", 16)]
    [InlineData("  spaces are kept  \n", 40)]
    [InlineData("not \u2014 a signature\n", 100)]
    public void Notes_are_split_at_the_last_blank_line_and_printed_as_they_were(string text, int signatures)
    {
        var bytes = Bytes(text + "\n" + string.Concat(Enumerable.Repeat(Line, signatures)));
        var note = SignedNote.Parse(bytes);
        Assert.Equal(Bytes(text), note.Text.ToArray());
        Assert.Equal(signatures, note.Signatures.Length);
        Assert.Equal("example.com/log", note.Signatures[^1].Name);
        Assert.Equal([1, 2, 3, 4], note.Signatures[0].KeyId.ToArray());
        Assert.Equal([5], note.Signatures[0].Signature.ToArray());
        Assert.Equal(bytes, note.ToBytes());
        Assert.Equal(note.Signatures[0], note.Signatures[^1]);
    }

    [Fact]
    public void Too_many_signatures_and_too_many_bytes_are_refused()
    {
        Assert.False(SignedNote.TryParse(Bytes("text\n\n" + string.Concat(Enumerable.Repeat(Line, 101))), out _, out var error));
        Assert.Contains("100", error, StringComparison.Ordinal);
        Assert.False(SignedNote.TryParse(Bytes(new string('a', SignedNote.MaximumLength) + "\n\n" + Line), out _, out error));
        Assert.Contains("65536", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no newline")]
    [InlineData("control\u0001\n")]
    [InlineData("")]
    public void Texts_that_cannot_be_read_back_are_not_signed(string text)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        Assert.Throws<FormatException>(() => new NoteSigner("name", key).Sign(Bytes(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    [InlineData("a\u2003b")]
    public void Names_that_cannot_be_read_back_are_refused(string name)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        Assert.Throws<ArgumentException>(() => new NoteSigner(name, key));
        Assert.Throws<ArgumentException>(() => new NoteVerifier(name, key.PublicKey));
    }

    [Fact]
    public void A_note_made_of_parts_is_checked_like_one_that_is_read() =>
        Assert.Throws<FormatException>(() => SignedNote.Create(Bytes("text\n"), ImmutableArray<NoteSignature>.Empty));
}

using System.Collections.Immutable;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Tests.Checkpoints;

public sealed class NoteVerifierTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("log.example\n1\nAAAA\n");

    /// <summary>Keys and log ids of the public-good instance, from its trusted root (testdata/vectors/sigstore/ORIGIN.md).</summary>
    public static TheoryData<string, string, string> PublicLogs => new()
    {
        {
            "log2025-1.rekor.sigstore.dev",
            "MCowBQYDK2VwAyEAt8rlp1knGwjfbcXAYPYAkn0XiLz1x8O4t0YkEhie244=",
            "zxGZFVvd0FEmjR8WrFwMdcAJ9vtaY/QXf44Y1wUeP6A="
        },
        {
            "rekor.sigstore.dev",
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/9A/bY2LhC30M9+RYtw==",
            "wNI9atQGlz+VWfO6LRygH4QUfY/8W4RFwiT5i5WRgB0="
        },
    };

    [Theory, MemberData(nameof(PublicLogs))]
    public void Key_ids_of_public_logs_are_the_published_ones(string name, string spki, string logId)
    {
        var key = PublicKey.FromSpki(Convert.FromBase64String(spki));
        Assert.Equal(logId, Convert.ToBase64String(NoteVerifier.FullKeyId(name, key)));
        Assert.Equal(Convert.FromBase64String(logId)[..4], new NoteVerifier(name, key).KeyId.ToArray());
    }

    public static TheoryData<KeyAlgorithm> Algorithms => new(Enum.GetValues<KeyAlgorithm>());

    [Theory, MemberData(nameof(Algorithms))]
    public void Every_kind_of_key_signs_and_is_found_among_other_signatures(KeyAlgorithm algorithm)
    {
        using var ours = SigningKey.Generate(algorithm);
        var signer = new NoteSigner("log.example", ours);
        using var other = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var note = new NoteSigner("witness.example", other).Sign(Text);
        Assert.Equal(NoteVerdict.NotSigned, signer.Verifier.Check(note));
        note = signer.Sign(note);
        Assert.Equal(2, note.Signatures.Length);
        Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(SignedNote.Parse(note.ToBytes())));
        Assert.Equal(NoteVerdict.Invalid, signer.Verifier.Check(SignedNote.Create("other\n"u8.ToArray(), note.Signatures)));
    }

    [Fact]
    public void Key_id_or_name_alone_does_not_make_a_line_ours()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var signer = new NoteSigner("log.example", key);
        var line = signer.Sign(Text).Signatures[0];
        Assert.Equal(NoteVerdict.NotSigned, signer.Verifier.Check(Note(line with { Name = "log.example.org" })));
        Assert.Equal(NoteVerdict.NotSigned, signer.Verifier.Check(Note(line with { KeyId = new byte[4] })));
    }

    [Fact]
    public void One_bad_line_of_ours_makes_the_note_invalid_wherever_it_is()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var signer = new NoteSigner("log.example", key);
        var good = signer.Sign(Text).Signatures[0];
        var bad = good with { Signature = new byte[64] };
        Assert.Equal(NoteVerdict.Invalid, signer.Verifier.Check(Note(bad)));
        Assert.Equal(NoteVerdict.Invalid, signer.Verifier.Check(Note(good, bad)));
        Assert.Equal(NoteVerdict.Invalid, signer.Verifier.Check(Note(bad, good)));
        Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(Note(good, good)));
        Assert.Equal(NoteVerdict.Invalid, signer.Verifier.Check(Note(good with { Signature = good.Signature[..63] })));
    }

    [Fact]
    public void The_line_is_found_after_many_others()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var signer = new NoteSigner("log.example", key);
        var others = Enumerable.Range(0, 60).Select(i => new NoteSignature($"witness{i}", new byte[] { 1, 2, 3, 4 }, new byte[72]));
        Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(Note([.. others, signer.Sign(Text).Signatures[0]])));
    }

    [Fact]
    public void A_key_given_by_id_is_taken_under_the_names_given()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var note = new NoteSigner("rekor.example", key).Sign(Text);
        var logId = NoteVerifier.FullKeyId("rekor.example", key.PublicKey);
        Assert.Equal(NoteVerdict.Valid, NoteVerifier.ForKeyId(logId, key.PublicKey, names: null).Check(note));
        Assert.Equal(NoteVerdict.Valid, NoteVerifier.ForKeyId(logId.AsMemory(0, 4), key.PublicKey, ["x", "rekor.example"]).Check(note));
        Assert.Equal(NoteVerdict.NotSigned, NoteVerifier.ForKeyId(logId, key.PublicKey, ["x"]).Check(note));
        Assert.Throws<ArgumentException>(() => NoteVerifier.ForKeyId(logId.AsMemory(0, 3), key.PublicKey, null));
    }

    [Fact]
    public void Another_scheme_of_the_same_key_does_not_verify()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP384);
        var note = new NoteSigner("log.example", key, SignatureScheme.EcdsaSha256).Sign(Text);
        Assert.Equal(NoteVerdict.Invalid, new NoteVerifier("log.example", key.PublicKey).Check(note));
        Assert.Equal(NoteVerdict.Valid, new NoteVerifier("log.example", key.PublicKey, SignatureScheme.EcdsaSha256).Check(note));
    }

    /// <summary>The example key of the Go checksum database, as its clients have it built in.</summary>
    [Fact]
    public void The_text_form_of_a_public_key_is_read_and_printed()
    {
        const string Vkey = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
        var verifier = NoteVerifier.Parse(Vkey);
        Assert.Equal("sum.golang.org", verifier.Name);
        Assert.Equal("033de0ae", Convert.ToHexStringLower(verifier.KeyId.Span));
        Assert.Equal(Vkey, verifier.ToVerifierKey());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sum.golang.org")]
    [InlineData("sum.golang.org+033de0ae")]
    [InlineData("+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    [InlineData("sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    [InlineData("sum.golang.org+033DE0AE+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    [InlineData("sum.golang.net+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    [InlineData("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuA==")]
    [InlineData("sum.golang.org+033de0ae+As4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    public void Other_text_forms_are_refused(string vkey) => Assert.Throws<FormatException>(() => NoteVerifier.Parse(vkey));

    [Fact]
    public void Ecdsa_keys_have_no_text_form()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        Assert.Throws<InvalidOperationException>(() => new NoteVerifier("log.example", key.PublicKey).ToVerifierKey());
    }

    private static SignedNote Note(params ImmutableArray<NoteSignature> signatures) => SignedNote.Create(Text, signatures);
}

using System.Text.Json.Nodes;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;

namespace Aixv.Sigstore.Tests.Oidc;

public sealed class IdentityTokenTests
{
    private static IdentityToken Parse(JsonObject claims) => IdentityToken.Parse(claims.Encode());

    [Fact]
    public void The_claims_are_read()
    {
        var token = Parse(TestTokens.Claims().With("email", "a@example.com").With("email_verified", true).With("nonce", "n"));
        Assert.Equal("https://issuer.example", token.Issuer);
        Assert.Equal("user-1", token.Subject);
        Assert.Equal("a@example.com", token.Email);
        Assert.Equal(["sigstore"], token.Audiences);
        Assert.Equal(TestTokens.Now.AddMinutes(10), token.Expires);
        Assert.Equal("n", token.Nonce);
    }

    [Fact]
    public void The_proof_is_over_the_address_when_there_is_one_and_else_over_the_subject()
    {
        Assert.Equal("user-1", Parse(TestTokens.Claims()).ProofSubject);
        Assert.Equal("a@example.com", Parse(TestTokens.Claims().With("email", "a@example.com").With("email_verified", true)).ProofSubject);
        Assert.Equal("a@example.com", Parse(TestTokens.Claims().With("email", "a@example.com").With("email_verified", "true")).ProofSubject);
    }

    [Fact]
    public void An_address_that_is_not_verified_is_refused()
    {
        Assert.Throws<SigningException>(() => Parse(TestTokens.Claims().With("email", "a@example.com").With("email_verified", false)).ProofSubject);
        Assert.Throws<SigningException>(() => Parse(TestTokens.Claims().With("email", "a@example.com")).ProofSubject);
    }

    public static TheoryData<string> Malformed =>
    [
        "",
        "abc",
        "a.b",
        "a.b.c.d",
        "!.!.!",
        $"{TestTokens.Part("{}")}.{TestTokens.Part("not json")}.x",
        $"{TestTokens.Part("not json")}.{TestTokens.Part(TestTokens.Claims().ToJsonString())}.{TestTokens.Part("s")}",
        $"{TestTokens.Part("{}")}.{TestTokens.Part("[]")}.{TestTokens.Part("s")}",
        TestTokens.Claims().With("iss", 5).Encode(),
        TestTokens.Claims().With("sub", null).Encode(),
        TestTokens.Claims().With("aud", null).Encode(),
        TestTokens.Claims().With("exp", "tomorrow").Encode(),
        TestTokens.Claims().With("exp", 1e300).Encode(),
        TestTokens.Claims().With("exp", -1).Encode(),
        new string('a', 100_000),
    ];

    [Theory, MemberData(nameof(Malformed))]
    public void What_is_no_token_is_refused_without_being_repeated(string text)
    {
        var e = Assert.Throws<FormatException>(() => IdentityToken.Parse(text));
        Assert.StartsWith("identity token:", e.Message, StringComparison.Ordinal);
        Assert.True(text.Length < 10 || !e.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_audience_is_refused_and_named()
    {
        var token = Parse(TestTokens.Claims().With("aud", new JsonArray("one", "two")));
        var e = Assert.Throws<SigningException>(() => token.Require("sigstore", TestTokens.Now));
        Assert.Contains("'one', 'two'", e.Message, StringComparison.Ordinal);
        Assert.Same(token, token.Require("two", TestTokens.Now));
    }

    [Fact]
    public void An_expired_token_is_refused_with_both_times()
    {
        var token = Parse(TestTokens.Claims());
        Assert.Same(token, token.Require("sigstore", TestTokens.Now.AddMinutes(10).AddTicks(-1)));
        var e = Assert.Throws<SigningException>(() => token.Require("sigstore", TestTokens.Now.AddMinutes(10)));
        Assert.Contains("expired at 2026-08-01T12:10:00Z and it is 2026-08-01T12:10:00Z now", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_is_not_printed_with_the_object()
    {
        var text = TestTokens.Claims().Encode();
        var token = IdentityToken.Parse(text);
        Assert.Equal(text, token.Encoded);
        Assert.Equal("identity token of user-1 by https://issuer.example", token.ToString());
    }
}

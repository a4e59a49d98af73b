using System.Text;
using Aixv.Protocol.Monitoring;

namespace Aixv.Protocol.Tests.Monitoring;

public sealed class WatchListTests
{
    private const string Digest = "sha256:9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4";

    [Fact]
    public void A_watch_list_is_read()
    {
        var list = WatchList.Parse(Encoding.UTF8.GetBytes($$"""
            {"watch_type":"aixv.watch-list/v1",
             "identities":[{"subject":"https://github.com/org/**","issuer":"https://token.actions.githubusercontent.com"}],
             "digests":[{"digest":"{{Digest}}","expected_signers":["release@example.org"]}]}
            """));
        var entry = new MonitoredEntry("hashedrekord", [Digest], [new MonitoredSigner("https://github.com/org/repo/.github/workflows/x.yml@refs/heads/main", "https://token.actions.githubusercontent.com")]);
        Assert.Equal(["https://github.com/org/**", Digest], list.Alarms(entry));
        Assert.Empty(list.Alarms(entry with { Digests = [], Signers = [new MonitoredSigner("https://github.com/org/x", "https://other.example")] }));
        Assert.Empty(list.Alarms(entry with { Signers = [new MonitoredSigner("release@example.org")] }));
    }

    [Theory]
    [InlineData("""{"watch_type":"aixv.watch-list/v2"}""")]
    [InlineData("""{"watch_type":"aixv.watch-list/v1","identities":[{"issuer":"x"}]}""")]
    [InlineData("""{"watch_type":"aixv.watch-list/v1","digests":[{"digest":"sha256:00"}]}""")]
    [InlineData("""{"watch_type":"aixv.watch-list/v1","more":1}""")]
    [InlineData("[]")]
    public void A_list_of_another_form_is_refused(string json) => Assert.Throws<FormatException>(() => WatchList.Parse(Encoding.UTF8.GetBytes(json)));
}

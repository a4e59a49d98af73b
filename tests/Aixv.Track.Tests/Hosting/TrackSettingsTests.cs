using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Track.Tests.Hosting;

public sealed class TrackSettingsTests
{
    private static readonly TrackOptions Defaults = new() { DataFolder = "data" };

    private static TrackOptions Read(string[] options, string[] variables, string file = "{}") =>
        new TrackSettings(Of(options), Of(variables), (JsonObject)JsonNode.Parse(file)!).ToOptions(Defaults);

    private static Func<string, string?> Of(string[] pairs) => name => pairs.Select(p => p.Split('=', 2)).FirstOrDefault(p => p[0] == name)?[1];

    [Fact]
    public void An_option_counts_before_the_environment_and_that_before_the_file()
    {
        Assert.Equal(1, Read(["port=1"], ["AIXV_TRACK_PORT=2"], """{"port":3}""").Port);
        Assert.Equal(2, Read([], ["AIXV_TRACK_PORT=2"], """{"port":3}""").Port);
        Assert.Equal(3, Read([], [], """{"port":3}""").Port);
        Assert.Equal(3000, Read([], []).Port);
    }

    [Fact]
    public void Storage_is_chosen_by_its_settings()
    {
        var options = Read(
            ["storage=postgres", "connection=postgres://u:p%40ss@db.example:5433/track?sslmode=require", "blobs=s3", "s3-bucket=b"],
            ["AIXV_TRACK_S3_ACCESS_KEY=a", "AIXV_TRACK_S3_SECRET_KEY=s"]);
        Assert.Equal("Host=db.example;Database=track;Port=5433;Username=u;Password=p@ss;SSL Mode=Require", options.Connection);
        Assert.Equal(("b", "a", "s"), (options.S3!.Bucket, options.S3.AccessKey, options.S3.SecretKey));
        Assert.Null(Read([], []).Connection);
    }

    [Fact]
    public void An_issuer_is_read_from_the_file()
    {
        var issuer = Assert.Single(Read([], [], """{"issuers":[{"issuer":"https://id.example","audience":"track","tenantClaim":"org"}]}""").Issuers);
        Assert.Equal(("https://id.example", "track", null, "org"), (issuer.Issuer, issuer.Audience, issuer.Tenant, issuer.TenantClaim));
    }

    [Theory]
    [InlineData("storage=mysql", "storage: ")]
    [InlineData("storage=postgres", "connection: ")]
    [InlineData("connection=postgres://x", "connection: ")]
    [InlineData("blobs=s3", "blobs: ")]
    [InlineData("blobs=tape", "blobs: ")]
    [InlineData("port=65536", "port: ")]
    [InlineData("url=ftp://x", "url: ")]
    [InlineData("telemetry=collector", "telemetry: ")]
    [InlineData("log-key=/no/such/file", "log-key: ")]
    [InlineData("storage=postgres;connection=Host=x;Nonsense=y", "connection: ")]
    [InlineData("storage=postgres;connection=postgres://h/d;blobs=s3", "s3-bucket: ")]
    public void A_setting_that_is_not_usable_is_named(string settings, string message)
    {
        var pairs = settings.Contains(";connection=Host", StringComparison.Ordinal) ? ["storage=postgres", "connection=Host=x;Nonsense=y"] : settings.Split(';');
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Read(pairs, [])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ports":1}""", "ports: ")]
    [InlineData("""{"port":[]}""", "port: ")]
    [InlineData("""{"issuers":{}}""", "issuers: ")]
    [InlineData("""{"issuers":[{"audience":"a","tenant":"t"}]}""", "issuers[0].issuer: ")]
    [InlineData("""{"issuers":[{"issuer":"http://far.example","audience":"a","tenant":"t"}]}""", "issuers[0].issuer: ")]
    [InlineData("""{"issuers":[{"issuer":"https://x","audience":"a"}]}""", "issuers[0]: ")]
    [InlineData("""{"issuers":[{"issuer":"https://x","audience":"a","tenant":"t","algorithms":["none"]}]}""", "issuers[0].algorithms: ")]
    public void A_file_that_is_not_usable_has_its_place_named(string file, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Read([], [], file)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_secret_is_not_taken_from_the_command_line()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => Read(["storage=postgres", "connection=postgres://h/d", "blobs=s3", "s3-bucket=b", "s3-access-key=a", "s3-secret-key=s"], []));
        Assert.StartsWith("s3-secret-key: ", refused.Message, StringComparison.Ordinal);
    }
}

using Aixv.Protocol.Receipts;
using Aixv.Track.Log;
using Aixv.Track.Tenants;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Proofs;
using Aixv.Transparency.Witnessing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Tests.Hosting;

public sealed class WitnessingTests : IDisposable
{
    private readonly string folder = TestTrack.NewFolder();
    private readonly string witnessFolder = TestTrack.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        Directory.Delete(witnessFolder, recursive: true);
    }

    [Fact]
    public async Task A_receipt_has_the_cosignatures_of_witnesses()
    {
        string logKey;
        await using (var before = await TestTrack.StartAsync(folder))
        {
            logKey = before.Server.Registry.LogKey;
        }

        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        Directory.CreateDirectory(witnessFolder);
        using var state = new WitnessState(witnessFolder);
        var witness = new Witness(WitnessedLog.Parse([logKey]), new CosignatureSigner("witness.example", key, TimeProvider.System), state);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.MapPost("/add-checkpoint", (RequestDelegate)(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Cancel);
            var answer = witness.AddCheckpoint(body.ToArray());
            context.Response.StatusCode = (int)answer.Verdict;
            await context.Response.WriteAsync(answer.Body, Cancel);
        }));
        await server.StartAsync(Cancel);
        WitnessAddress[] addresses = [new() { Url = new Uri(server.Urls.First()), Key = witness.Verifier.ToVerifierKey() }];
        await using var track = await TestTrack.StartAsync(folder, o => o with { Witnesses = addresses });
        var registry = track.Server.Registry.Registry;
        var entry = (await TenantView.Of(registry.Store, Tenant.System).ReadEntriesAsync(0, 1, Cancel))[0];
        for (var i = 0; i < 100 && await registry.Witnessed.FindAsync(Cancel) is null; i++)
        {
            await Task.Delay(100, Cancel);
        }

        Assert.Contains("witness.example", await track.Http.GetStringAsync("/log/checkpoint/witnessed", Cancel), StringComparison.Ordinal);
        var trust = new ReceiptTrust([TrustedLogKey.Parse(logKey)], new WitnessPolicy([witness.Verifier], 1));
        var verified = ReceiptVerifier.Verify((await registry.IssueReceiptAsync(entry, Cancel)).ToBytes(), trust, TimeProvider.System.GetUtcNow());
        Assert.Single(Assert.IsType<VerifiedReceipt>(verified).Witnesses);
    }
}

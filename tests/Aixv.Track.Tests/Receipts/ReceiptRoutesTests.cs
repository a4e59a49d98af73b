using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Scitt;
using Aixv.Transparency.Proofs;

namespace Aixv.Track.Tests.Receipts;

/// <summary><c>/v1/receipts</c> over HTTP, and what is left of it when the server is gone.</summary>
public sealed class ReceiptRoutesTests
{
    private const string Hash = "a1b2c3d4e5f6789012345678abcdef0123456789abcdef0123456789abcdef01";

    private static async Task<JsonNode> ModelAsync(TestTrack track, string? key = null, string name = "fraud-detection-v2")
    {
        var agent = await TestTrack.OkAsync(track.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "trainer" }, key));
        return await TestTrack.OkAsync(track.PostAsync(
            "/v1/models/attest", new JsonObject { ["agent_id"] = agent["id"]!.GetValue<string>(), ["name"] = name, ["hash"] = Hash }, key));
    }

    private static async Task<byte[]> BundleAsync(TestTrack track, string id, string format = "aixv")
    {
        using var response = await track.GetAsync($"/v1/receipts/{id}/proof-bundle?format={format}");
        Assert.True(response.IsSuccessStatusCode);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static ReceiptResult Verify(byte[] receipt, string logKey) =>
        ReceiptVerifier.Verify(receipt, new ReceiptTrust([TrustedLogKey.Parse(logKey)], WitnessPolicy.None), TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData("private")]
    [InlineData("public")]
    public async Task A_receipt_verifies_when_the_server_is_gone_and_no_mutant_does(string visibility)
    {
        byte[] bundle;
        byte[] cose;
        string logKey;
        await using (var track = await TestTrack.StartAsync())
        {
            var (_, key) = await track.NewTenantAsync("mine", visibility);
            var model = await ModelAsync(track, key);
            var id = model["receipt_id"]!.GetValue<string>();
            logKey = track.Server.Registry.LogKey;
            using var response = await track.GetAsync($"/v1/receipts/{id}/proof-bundle", key);
            bundle = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            using var transparent = await track.GetAsync($"/v1/receipts/{id}/proof-bundle?format=cose", key);
            cose = await transparent.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        }

        var verified = Assert.IsType<VerifiedReceipt>(Verify(bundle, logKey));
        Assert.Equal("model.attested", verified.Statement.Kind);
        Assert.Equal(visibility == "private", verified.Receipt.Leaf.IsSalted);
        var now = TimeProvider.System.GetUtcNow();
        var trust = new ReceiptTrust([TrustedLogKey.Parse(logKey)], WitnessPolicy.None);
        Assert.IsType<VerifiedTransparentStatement>(ScittReceipts.Verify(TransparentStatement.Parse(cose), trust, now));
        foreach (var (expected, mutant) in Mutants(bundle))
        {
            Assert.Equal(expected, Assert.IsType<RejectedReceipt>(Verify(mutant, logKey)).Reason);
        }
    }

    private static IEnumerable<(ReceiptRejectionReason Expected, byte[] Receipt)> Mutants(byte[] bundle)
    {
        var statement = JsonNode.Parse(bundle)!;
        var bytes = Convert.FromBase64String(statement["statement"]!.GetValue<string>());
        statement["statement"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("fraud", "frauD", StringComparison.Ordinal)));
        yield return (ReceiptRejectionReason.LeafMismatch, Bytes(statement));
        var checkpoint = JsonNode.Parse(bundle)!;
        var note = checkpoint["proof"]!["checkpoint"]!.GetValue<string>();
        var lines = note.Split('\n');
        lines[2] = Convert.ToBase64String(new byte[32]);
        checkpoint["proof"]!["checkpoint"] = string.Join('\n', lines);
        yield return (ReceiptRejectionReason.CheckpointSignatureInvalid, Bytes(checkpoint));
        var path = JsonNode.Parse(bundle)!;
        path["proof"]!["hashes"]!.AsArray().RemoveAt(0);
        yield return (ReceiptRejectionReason.InclusionProofInvalid, Bytes(path));
    }

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    [Fact]
    public async Task Every_spelling_of_an_id_finds_the_receipt_and_every_kind_of_entry_has_one()
    {
        await using var track = await TestTrack.StartAsync();
        var model = await ModelAsync(track);
        var receipt = await TestTrack.OkAsync(track.GetAsync($"/v1/receipts/{model["receipt_id"]}"));
        Assert.Equal("model.attested", receipt["receipt_type"]!.GetValue<string>());
        Assert.Equal("active", receipt["status"]!.GetValue<string>());
        Assert.Equal(model["id"]!.GetValue<string>(), receipt["subject"]!.GetValue<string>());
        Assert.Equal(Hash, receipt["payload"]!["hash"]!.GetValue<string>());
        Assert.Equal(model["log"]!["leaf_hash"]!.GetValue<string>(), receipt["log"]!["leaf_hash"]!.GetValue<string>());
        Assert.Contains("aixv-entry/v1", receipt["transparency_log"]!["leaf"]!.GetValue<string>(), StringComparison.Ordinal);
        foreach (var spelling in (string[])["rcpt_id", "receipt_id"])
        {
            var again = await TestTrack.OkAsync(track.GetAsync($"/v1/receipts/{Uri.EscapeDataString(receipt[spelling]!.GetValue<string>())}"));
            Assert.Equal(receipt["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
        }

        await TestTrack.OkAsync(track.PostAsync($"/v1/models/{model["id"]}/supersede"));
        var all = await TestTrack.OkAsync(track.GetAsync("/v1/receipts"));
        Assert.Equal(
            ["record.status-changed", "model.attested", "agent.registered"],
            all["receipts"]!.AsArray().Select(r => r!["receipt_type"]!.GetValue<string>()));
        foreach (var item in all["items"]!.AsArray())
        {
            var bundle = await BundleAsync(track, item!["id"]!.GetValue<string>());
            Assert.IsType<VerifiedReceipt>(Verify(bundle, track.Server.Registry.LogKey));
        }
    }

    [Fact]
    public async Task Receipts_are_listed_and_searched_by_what_they_say()
    {
        await using var track = await TestTrack.StartAsync();
        var model = await ModelAsync(track);
        await ModelAsync(track, name: "other");
        var list = await TestTrack.OkAsync(track.GetAsync("/v1/receipts?receipt_type=model.attestation&limit=1"));
        Assert.Equal(2, list["total"]!.GetValue<int>());
        var next = await TestTrack.OkAsync(track.GetAsync($"/v1/receipts?receipt_type=model.attested&cursor={list["next_cursor"]}"));
        Assert.Equal(model["receipt_id"]!.GetValue<string>(), Assert.Single(next["items"]!.AsArray())!["receipt_id"]!.GetValue<string>());
        foreach (var body in (JsonObject[])
        [
            new() { ["subject"] = model["id"]!.GetValue<string>() },
            new() { ["q"] = "fraud" },
            new() { ["index_key"] = "name", ["index_value"] = "fraud-detection-v2" },
            new() { ["q"] = Hash, ["receipt_type"] = "model.attested", ["subject"] = model["model_id"]!.GetValue<string>() },
        ])
        {
            var found = await TestTrack.OkAsync(track.PostAsync("/v1/receipts/search", body));
            Assert.Equal(model["receipt_id"]!.GetValue<string>(), Assert.Single(found["items"]!.AsArray())!["receipt_id"]!.GetValue<string>());
        }

        Assert.Equal(0, (await TestTrack.OkAsync(track.GetAsync("/v1/receipts?from=2099-01-01T00:00:00Z")))["total"]!.GetValue<int>());
        Assert.Equal(0, (await TestTrack.OkAsync(track.GetAsync("/v1/receipts?to=2019-01-01T00:00:00Z")))["total"]!.GetValue<int>());
        Assert.Equal(4, (await TestTrack.OkAsync(track.GetAsync("/v1/receipts?from=2019-01-01T00:00:00Z&status=active")))["total"]!.GetValue<int>());
        Assert.Equal((400, "INVALID_INPUT"), await TestTrack.RefusedAsync(track.GetAsync("/v1/receipts?status=lost")));
    }

    [Fact]
    public async Task A_verdict_is_given_by_id_and_of_a_whole_receipt_and_a_revoked_one_is_said_so()
    {
        await using var track = await TestTrack.StartAsync();
        var model = await ModelAsync(track);
        var id = model["receipt_id"]!.GetValue<string>();
        var document = JsonNode.Parse(await BundleAsync(track, id))!;
        Task<JsonNode> VerdictAsync(JsonNode body, string? key = null) => TestTrack.OkAsync(track.PostAsync("/v1/receipts/verify", body, key));
        Assert.Equal("VALID", (await VerdictAsync(new JsonObject { ["receipt_id"] = id }))["verdict"]!.GetValue<string>());
        Assert.Equal("VALID", (await VerdictAsync(document))["verdict"]!.GetValue<string>());
        Assert.Equal("NOT_FOUND", (await VerdictAsync(new JsonObject { ["receipt_id"] = "550e8400-e29b-41d4-a716-446655440000" }))["verdict"]!.GetValue<string>());
        Assert.Equal("NOT_FOUND", (await VerdictAsync(new JsonObject { ["receipt_id"] = id }, ""))["verdict"]!.GetValue<string>());
        Assert.Equal("VALID", (await VerdictAsync(document.DeepClone(), ""))["verdict"]!.GetValue<string>());
        var forged = document.DeepClone();
        forged["statement"] = Convert.ToBase64String("""{"kind":"model.attested","time":"2026-01-01T00:00:00Z"}"""u8);
        Assert.Equal("INVALID_SIGNATURE", (await VerdictAsync(forged))["verdict"]!.GetValue<string>());

        var revoked = await TestTrack.OkAsync(track.PostAsync($"/v1/receipts/{id}/revoke", new JsonObject { ["reason"] = "wrong weights" }));
        Assert.Equal("revoked", revoked["status"]!.GetValue<string>());
        Assert.Equal("revoked", (await TestTrack.OkAsync(track.GetAsync($"/v1/models/{model["id"]}")))["status"]!.GetValue<string>());
        Assert.Equal("REVOKED", (await VerdictAsync(new JsonObject { ["receipt_id"] = id }))["verdict"]!.GetValue<string>());
        Assert.Equal("REVOKED", (await VerdictAsync(document.DeepClone()))["verdict"]!.GetValue<string>());
        Assert.Equal(1, (await TestTrack.OkAsync(track.GetAsync("/v1/receipts?status=revoked")))["total"]!.GetValue<int>());
        await TestTrack.OkAsync(track.PostAsync($"/v1/receipts/{id}/revoke"));
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync($"/v1/receipts/{revoked["revocation_receipt_id"]}/revoke")));
    }

    [Fact]
    public async Task The_documented_bundle_has_its_members_and_its_signatures_hold()
    {
        await using var track = await TestTrack.StartAsync();
        var model = await ModelAsync(track);
        var bundle = JsonNode.Parse(await BundleAsync(track, model["receipt_id"]!.GetValue<string>(), "receipt-v1"))!;
        Assert.Equal("receipt-v1", bundle["bundle_version"]!.GetValue<string>());
        var raw = System.Buffers.Text.Base64Url.DecodeFromChars(bundle["key"]!["public_key_b64url"]!.GetValue<string>());
        var key = Transparency.Keys.PublicKey.FromEd25519(raw);
        byte[] Bytes(JsonNode? node) => System.Buffers.Text.Base64Url.DecodeFromChars(node!.GetValue<string>());
        Assert.True(key.Verify(Bytes(bundle["receipt"]!["canonical_payload"]), Bytes(bundle["receipt"]!["signature"]!["value"]), key.DefaultScheme));
        var checkpoint = bundle["transparency_log"]!["checkpoint"]!;
        Assert.True(key.Verify(Bytes(checkpoint["signed_b64url"]), Bytes(checkpoint["signature_b64url"]), key.DefaultScheme));
        Assert.Equal(track.Server.Registry.LogKey.Split('+')[0], bundle["transparency_log"]!["log_id"]!.GetValue<string>());
        Assert.Equal((400, "INVALID_INPUT"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/receipts/{model["receipt_id"]}/proof-bundle?format=pdf")));
        Assert.StartsWith("c2sp.org/tlog-proof", Encoding.UTF8.GetString(await BundleAsync(track, model["receipt_id"]!.GetValue<string>(), "tlog-proof")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_of_a_private_tenant_is_not_there_for_another_and_that_of_a_public_one_is()
    {
        await using var track = await TestTrack.StartAsync();
        var hidden = await ModelAsync(track);
        var (_, open) = await track.NewTenantAsync("open", "public");
        var shown = await ModelAsync(track, open);
        var (_, stranger) = await track.NewTenantAsync("stranger");
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/receipts/{hidden["receipt_id"]}", stranger)));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/receipts/{hidden["receipt_id"]}/proof-bundle", stranger)));
        await TestTrack.OkAsync(track.GetAsync($"/v1/receipts/{shown["receipt_id"]}", stranger));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.PostAsync($"/v1/receipts/{shown["receipt_id"]}/revoke", key: stranger)));
        Assert.Equal(0, (await TestTrack.OkAsync(track.GetAsync("/v1/receipts", stranger)))["total"]!.GetValue<int>());
    }
}

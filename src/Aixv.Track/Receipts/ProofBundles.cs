using Aixv.Protocol.Receipts;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Keys;

namespace Aixv.Track.Receipts;

/// <summary><c>GET /v1/receipts/{id}/proof-bundle</c>: what verifies without this server, in the form that the reader's verifier takes.</summary>
internal sealed class ProofBundles(LogSigning signing)
{
    public const string Formats = "aixv (default), cose, receipt-v1, tlog-proof";

    public async Task AnswerAsync(ApiCall call)
    {
        if (call.Query("format") is null or "aixv" or Receipt.Type)
        {
            Name(call, "json");
            await call.AnswerKeptAsync(
                call.ViewWith(Scope.ReceiptsRead),
                async () => (await call.Registry.IssueReceiptAsync((await ReceiptRoutes.FindAsync(call)).Entry, call.Cancelled)).ToBytes(),
                await call.Registry.ProvenUnderAsync(call.Cancelled));
            return;
        }

        var stored = await ReceiptRoutes.FindAsync(call);
        var receipt = await call.Registry.IssueReceiptAsync(stored.Entry, call.Cancelled);
        switch (call.Query("format"))
        {
            case "cose" or "scitt":
                await AnswerAsync(call, receipt.ToTransparentStatement(signing.Key).ToBytes(), "application/scitt-statement+cose", "cose");
                break;
            case "receipt-v1":
                await Listing.AnswerAsync(call, ReceiptV1Bundle.Build(stored, receipt, ReceiptDocument.Of(call, stored), signing.Key, DateTimeOffset.FromUnixTimeMilliseconds(call.Registry.Time.GetUtcNow().ToUnixTimeMilliseconds())));
                break;
            case "tlog-proof":
                await AnswerAsync(call, receipt.Proof.ToBytes(), "text/plain; charset=utf-8", "tlog-proof");
                break;
            default:
                throw ApiError.InvalidInput("format", $"expected one of {Formats}");
        }
    }

    private static void Name(ApiCall call, string extension) => call.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"receipt.{extension}\"";

    private static Task AnswerAsync(ApiCall call, byte[] body, string type, string extension)
    {
        Name(call, extension);
        return call.AnswerAsync(body, contentType: type);
    }
}

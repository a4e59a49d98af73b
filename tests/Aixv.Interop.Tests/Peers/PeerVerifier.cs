namespace Aixv.Interop.Tests.Peers;

/// <summary><c>@sigstore/verify</c>, both generations, in one process for all tests of a class.</summary>
public sealed class PeerVerifier : IAsyncLifetime
{
    private NodeScript? script;

    public ValueTask InitializeAsync()
    {
        script = NodeScript.Missing is null ? NodeScript.Start("verify.mjs") : null;
        return ValueTask.CompletedTask;
    }

    /// <summary>What each generation says.</summary>
    internal async Task<PeerVerdict> VerifyAsync(PeerQuestion question, CancellationToken cancellationToken)
    {
        NodeScript.Require();
        var answer = await script!.AskAsync(question.ToJson(), cancellationToken);
        return new PeerVerdict(answer.GetProperty("3").GetString(), answer.GetProperty("4").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        if (script is not null)
        {
            await script.DisposeAsync();
        }
    }
}

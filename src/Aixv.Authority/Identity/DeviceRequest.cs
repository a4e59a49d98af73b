namespace Aixv.Authority.Identity;

/// <summary>A device that waits for a person to sign in elsewhere. Guarded by its own lock.</summary>
internal sealed class DeviceRequest(string userCode, CodeChallenge? challenge, string? nonce)
{
    private readonly Lock gate = new();
    private DateTimeOffset lastPoll = DateTimeOffset.MinValue;
    private bool denied;
    private Account? account;

    public string UserCode => userCode;

    public CodeChallenge? Challenge => challenge;

    public string? Nonce => nonce;

    /// <summary>The first decision counts.</summary>
    public void Decide(Account? granted)
    {
        lock (gate)
        {
            if (account is null && !denied)
            {
                account = granted;
                denied = granted is null;
            }
        }
    }

    /// <summary>The account, once granted.</summary>
    /// <exception cref="OAuthError">Not yet, never, or asked too often (RFC 8628 §3.5).</exception>
    public Account Poll(DateTimeOffset now, TimeSpan interval)
    {
        lock (gate)
        {
            var tooSoon = now - lastPoll < interval;
            lastPoll = now;
            return (account, denied) switch
            {
                ({ } granted, _) => granted,
                (null, true) => throw new OAuthError("access_denied", "the person refused"),
                (null, false) when tooSoon => throw new OAuthError("slow_down", $"ask at most every {interval.TotalSeconds} seconds"),
                (null, false) => throw new OAuthError("authorization_pending", "the person has not signed in yet"),
            };
        }
    }
}

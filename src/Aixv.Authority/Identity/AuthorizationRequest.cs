namespace Aixv.Authority.Identity;

/// <summary>A valid request for a code, waiting for the person to sign in.</summary>
internal sealed record AuthorizationRequest(RedirectTarget Redirect, CodeChallenge Challenge, string? State, string? Nonce);

/// <summary>A code that was given out, waiting to be redeemed.</summary>
internal sealed record IssuedCode(AuthorizationRequest Request, Account Account);

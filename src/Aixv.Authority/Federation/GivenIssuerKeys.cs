using Microsoft.IdentityModel.Tokens;

namespace Aixv.Authority.Federation;

/// <summary>Keys that are known from the start: this Authority's own, or those of a JWKS file.</summary>
internal sealed class GivenIssuerKeys(IReadOnlyList<SecurityKey> keys) : IssuerKeys
{
    public override ValueTask<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellationToken) => ValueTask.FromResult(keys);
}

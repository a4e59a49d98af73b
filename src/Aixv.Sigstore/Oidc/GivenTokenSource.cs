namespace Aixv.Sigstore.Oidc;

/// <summary>A token that was given, as by an option.</summary>
public sealed class GivenTokenSource(string? token) : IdentityTokenSource
{
    public override string Name => "the given token";

    public override Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(string.IsNullOrWhiteSpace(token) ? null : IdentityToken.Parse(token));
}

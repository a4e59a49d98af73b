namespace Aixv.Sigstore.Oidc;

/// <summary>A place where an identity token may be had.</summary>
public abstract class IdentityTokenSource
{
    /// <summary>What the source is, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>The token, or null when this source has none to give here.</summary>
    /// <exception cref="FormatException">What the source holds is not a token.</exception>
    /// <exception cref="Signing.SigningException">The source refused.</exception>
    /// <exception cref="HttpRequestException">The source cannot be reached.</exception>
    public abstract Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default);
}

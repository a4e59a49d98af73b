using System.Collections.Immutable;

namespace Aixv.Sigstore.Signing;

/// <summary>The services that one signature uses, selected from a <see cref="SigningConfig"/>.</summary>
public sealed record SigningServices
{
    /// <summary>Fulcio's base URL, or null without one.</summary>
    public Uri? CertificateAuthority { get; init; }

    /// <summary>The OIDC issuer, or null without one. Its <see cref="Uri.OriginalString"/> is the issuer's exact name.</summary>
    public Uri? IdentityProvider { get; init; }

    /// <summary>Rekor instances, all of one API version.</summary>
    public ImmutableArray<SigningService> Logs { get; init; } = [];

    /// <summary>As what these logs hold envelopes, where they are Rekor v2.</summary>
    public EnvelopeEntryKind EnvelopeEntries { get; init; }

    /// <summary>RFC 3161 timestamp authorities.</summary>
    public ImmutableArray<SigningService> TimestampAuthorities { get; init; } = [];

    /// <summary>Applies the selection rules at <paramref name="time"/>. A kind of service of which the config lists none is absent.</summary>
    /// <exception cref="SigningException">A kind that is listed has too few usable services.</exception>
    public static SigningServices Select(SigningConfig config, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new SigningServices
        {
            CertificateAuthority = ServiceSelections.Newest(config.CertificateAuthorities, time, 1)?.Url,
            IdentityProvider = ServiceSelections.Newest(config.IdentityProviders, time, 1)?.Url,
            Logs = config.Logs.IsEmpty ? [] : ServiceSelections.Select("Rekor", config.Logs, config.LogSelection, time, 1, 2),
            TimestampAuthorities = config.TimestampAuthorities.IsEmpty
                ? [] : ServiceSelections.Select("timestamp", config.TimestampAuthorities, config.TimestampSelection, time, 1),
        };
    }
}

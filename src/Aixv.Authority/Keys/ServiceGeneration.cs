using System.Collections.Immutable;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Keys;

/// <summary>The public half of one key of one service, and when it was in use.</summary>
internal sealed record ServiceGeneration
{
    public required ServiceRole Role { get; init; }

    /// <summary>1, 2, 3 … within the role.</summary>
    public required int Number { get; init; }

    public required PublicKey PublicKey { get; init; }

    /// <summary>Start of use, in whole seconds.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>End of use, or null while current.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>DER certificates, the service's own first and the self-signed one last; empty for roles without.</summary>
    public ImmutableArray<byte[]> Chain { get; init; } = [];

    /// <summary>The name in checkpoints, or null for roles without a log.</summary>
    public string? Origin { get; init; }

    /// <summary>The name of the private key's file.</summary>
    public string KeyName => NameOf(Role, Number);

    public static string NameOf(ServiceRole role, int number) => role switch
    {
        ServiceRole.Oidc => $"oidc-{number}",
        ServiceRole.CertificateAuthority => $"ca-{number}",
        ServiceRole.CtLog => $"ctlog-{number}",
        ServiceRole.Rekor => $"rekor-{number}",
        ServiceRole.TimestampAuthority => $"tsa-{number}",
        ServiceRole.Tuf => $"tuf-{number}",
    };
}

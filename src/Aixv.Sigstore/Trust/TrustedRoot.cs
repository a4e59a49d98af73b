using System.Collections.Immutable;
using System.Security.Cryptography;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Trust;

/// <summary>Whom a verifier trusts: logs, certificate authorities, CT logs and timestamp authorities (sigstore_trustroot.proto).</summary>
/// <remarks>
/// Immutable and safe for concurrent use. Chains and keys are validated on first use and kept, so one instance should serve
/// many verifications. Unknown members are tolerated, for newer roots add some; unsupported keys are skipped with a warning.
/// </remarks>
public sealed class TrustedRoot
{
    /// <summary>The largest trusted root that is read, in bytes.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private const int MaximumInstances = 256;
    private static readonly string[] MediaTypes =
    [
        "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "application/vnd.dev.sigstore.trustedroot+json;version=0.2",
        "application/vnd.dev.sigstore.trustedroot.v0.1+json",
        "application/vnd.dev.sigstore.trustedroot.v0.2+json",
    ];

    private TrustedRoot(ReadOnlyMemory<byte> json) => (Json, Fingerprint) = (json.ToArray(), Convert.ToHexStringLower(SHA256.HashData(json.Span)));

    /// <summary>The JSON text that was read, UTF-8: to hand the root on.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    public ImmutableArray<TrustedLog> TransparencyLogs { get; private init; }

    public ImmutableArray<TrustedLog> CtLogs { get; private init; }

    public ImmutableArray<TrustedAuthority> CertificateAuthorities { get; private init; }

    public ImmutableArray<TrustedAuthority> TimestampAuthorities { get; private init; }

    /// <summary>Witnesses of the root's own <c>witnesses</c> list; empty in roots of public instances.</summary>
    public ImmutableArray<TrustedWitness> Witnesses { get; private init; }

    /// <summary>How many distinct witnesses must have cosigned a checkpoint; all, where the root does not say.</summary>
    public int WitnessThreshold { get; private init; }

    /// <summary>What was skipped and why.</summary>
    public ImmutableArray<string> Warnings { get; private init; }

    /// <summary>SHA-256 of the JSON text, hex: names the root in caches and decisions.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads a trusted root.</summary>
    /// <param name="json">UTF-8, at most <see cref="MaximumBytes"/>.</param>
    /// <exception cref="FormatException">Malformed; the message names the JSON path.</exception>
    public static TrustedRoot Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return Read(json);
        }
        catch (FormatException e)
        {
            throw new FormatException($"trusted root: {e.Message}", e);
        }
    }

    private static TrustedRoot Read(ReadOnlyMemory<byte> json)
    {
        var root = ProtoObject.Parse(json, MaximumBytes);
        var mediaType = root.RequiredText("mediaType");
        if (!MediaTypes.Contains(mediaType))
        {
            throw new FormatException($"$.mediaType: '{mediaType}' is not a trusted root this tool knows");
        }

        var warnings = new List<string>();
        ImmutableArray<TrustedWitness> witnesses = [.. root.Messages("witnesses", MaximumInstances).Select(TrustedWitness.Read)];
        var threshold = root.Has("witnessThreshold") ? root.Number("witnessThreshold") : witnesses.Length;
        if (threshold < 0 || threshold > witnesses.Length || (witnesses.Length > 0 && threshold == 0))
        {
            throw new FormatException($"$.witnessThreshold: {threshold} of {witnesses.Length} witnesses");
        }

        return new TrustedRoot(json)
        {
            TransparencyLogs = Read(root, "tlogs", l => TrustedLog.Read(l, warnings)),
            CtLogs = Read(root, "ctlogs", l => TrustedLog.Read(l, warnings)),
            CertificateAuthorities = Read(root, "certificateAuthorities", a => TrustedAuthority.Read(a, IssuerChain.CodeSigning, warnings)),
            TimestampAuthorities = Read(root, "timestampAuthorities", a => TrustedAuthority.Read(a, IssuerChain.TimeStamping, warnings)),
            Witnesses = witnesses,
            WitnessThreshold = (int)threshold,
            Warnings = [.. warnings],
        };
    }

    private static ImmutableArray<T> Read<T>(ProtoObject root, string name, Func<ProtoObject, T?> read) where T : class =>
        [.. root.Messages(name, MaximumInstances).Select(read).OfType<T>()];
}

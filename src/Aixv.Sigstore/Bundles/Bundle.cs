using System.Collections.Immutable;

namespace Aixv.Sigstore.Bundles;

/// <summary>A Sigstore bundle: a signature with all that is needed to verify it offline (sigstore_bundle.proto).</summary>
/// <remarks>A parsed bundle has a sound shape; nothing in it is verified.</remarks>
public sealed record Bundle
{
    /// <summary>The largest bundle that is read, in bytes.</summary>
    public const int MaximumBytes = 32 * 1024 * 1024;

    public required BundleVersion Version { get; init; }

    /// <summary>DER certificates, leaf first; empty for a managed key.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>The hint to the managed key, or null for a certificate bundle.</summary>
    public string? KeyHint { get; init; }

    public ImmutableArray<LogEntry> LogEntries { get; init; } = [];

    /// <summary>DER TimeStampResp (RFC 3161 §2.4.2), each over the signature bytes.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Timestamps { get; init; } = [];

    public required BundleContent Content { get; init; }

    /// <summary>Reads a bundle.</summary>
    /// <param name="json">UTF-8, at most <see cref="MaximumBytes"/>.</param>
    /// <exception cref="BundleFormatException">The bundle is malformed, or of a version this code does not know.</exception>
    public static Bundle Parse(ReadOnlyMemory<byte> json) => BundleReader.Read(json);

    /// <summary>The bundle as UTF-8 JSON, one line.</summary>
    public byte[] ToJson() => BundleWriter.Write(this);
}

/// <summary>The bundle versions in use.</summary>
public enum BundleVersion
{
    V01 = 1,
    V02,
    V03,
}
